from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, ClassVar, Self

class Edge:
    def __init__(self, src: Any, dst: Any, edge_class: str, label: str | None = None) -> None: ...
    @property
    def label(self) -> str | None: ...
    @property
    def src(self) -> Any: ...
    @property
    def dst(self) -> Any: ...
    @property
    def edge_class(self) -> str: ...

class Node:
    activation_class: Any
    flow_class: Any
    task_type: str | None
    task_title: Any
    task_description: Any
    name: str
    _multi_instance: bool
    _next: Any
    def __init__(self, activation_class: type[Any] | None = None, **kwargs: Any) -> None: ...
    def _resolve(self, instance: Any) -> None: ...
    def _ready(self) -> None: ...
    def _outgoing(self) -> Iterator[Edge]: ...
    def _incoming(self) -> Iterator[Edge]: ...
    def _create(
        self,
        prev_activation: Any,
        token: Any,
        data: dict[str, Any] | None = None,
        seed: Any = None,
    ) -> Any: ...
    def OnTimeout(
        self,
        delay: timedelta | Callable[[Any], Any],
        then: Any,
        interrupting: bool = True,
        title: str | None = None,
    ) -> Self: ...
    def Annotation(
        self,
        title: Any = None,
        description: Any = None,
        summary_template: str | None = None,
        result_template: str | None = None,
    ) -> Self: ...

class Flow:
    instance: ClassVar[Any]
    process_class: Any
    task_class: Any
    lock_impl: Any
    process_title: Any
    process_description: Any
    _nodes_by_name: ClassVar[dict[str, Any]]
    def nodes(self) -> Iterable[Node]: ...
    def node(self, name: str, no_obsolete: bool = False) -> Node | None: ...
    @classmethod
    def lock(cls, process_pk: Any) -> Any: ...
