from typing import Any, Self

from viewflow import fsm

class Activation:
    status: fsm.State
    task: Any
    process: Any
    def __init__(self, task: Any) -> None: ...
    @property
    def flow_task(self) -> Any: ...
    @property
    def flow_class(self) -> Any: ...
    @classmethod
    def create(
        cls,
        flow_task: Any,
        prev_activation: Activation | None,
        token: Any,
        data: dict[str, Any] | None = None,
        seed: Any = None,
    ) -> Self: ...
    activate: fsm.TransitionDescriptor
    create_next: fsm.TransitionDescriptor
    complete: fsm.TransitionDescriptor
    activate_next: fsm.TransitionDescriptor
    cancel: fsm.TransitionDescriptor
    def _activate_next(self, activations: set[Any]) -> None: ...
