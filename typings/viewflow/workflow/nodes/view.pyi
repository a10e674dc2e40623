from viewflow import fsm
from viewflow.workflow.activation import Activation

class ViewActivation(Activation):
    assign: fsm.TransitionDescriptor
    unassign: fsm.TransitionDescriptor
    start: fsm.TransitionDescriptor
