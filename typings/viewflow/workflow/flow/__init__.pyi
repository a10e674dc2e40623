from collections.abc import Callable
from typing import Any, Self

from viewflow.workflow.base import Flow as Flow
from viewflow.workflow.base import Node

class _Next(Node):
    # A node of our own may answer to several names, so the argument stays open.
    def Next(self, *args: Any, **kwargs: Any) -> Self: ...

class StartHandle(_Next):
    def __init__(self, func: Callable[..., Any] | None = None, **kwargs: Any) -> None: ...
    def run(self, **kwargs: Any) -> Any: ...

class Function(_Next):
    def __init__(self, func: Callable[[Any], Any], **kwargs: Any) -> None: ...

class View(_Next):
    def __init__(self, view: Any, **kwargs: Any) -> None: ...
    def Assign(self, owner: Any = None, **owner_kwargs: Any) -> Self: ...
    def Permission(
        self,
        permission: Any = None,
        auto_create: bool = False,
        obj: Any = None,
        help_text: Any = None,
    ) -> Self: ...

class End(Node): ...
