from core.models.document import Document
from core.models.job import Job
from core.models.mail import Mail
from core.models.person import Person
from core.models.record import Record, TransitionBase

__all__ = ["Document", "Job", "Mail", "Person", "Record", "TransitionBase"]
