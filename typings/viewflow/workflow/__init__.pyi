from viewflow.workflow.activation import Activation as Activation
from viewflow.workflow.base import Edge as Edge
from viewflow.workflow.base import Flow as Flow
from viewflow.workflow.base import Node as Node
from viewflow.workflow.status import PROCESS as PROCESS
from viewflow.workflow.status import STATUS as STATUS
from viewflow.workflow.token import Token as Token
