"""Run every check over the project; each line that breaks a rule is printed, exit 1 if any."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checks import access, habits, money, pages, purity, sizes, states
from checks.source import modules, templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.source import Problem

MODULE_CHECKS = (
    access.check,
    habits.check,
    money.check,
    purity.check,
    sizes.check_module,
    states.check,
)
TEMPLATE_CHECKS = (pages.check, sizes.check_template)


def problems(root: Path) -> Iterator[Problem]:
    for module in modules(root):
        for check in MODULE_CHECKS:
            yield from check(module)
    for template in templates(root):
        for check_template in TEMPLATE_CHECKS:
            yield from check_template(template)


def main() -> int:
    found = sorted(set(problems(Path.cwd())))
    for problem in found:
        print(problem)
    print(f"{len(found)} problems" if found else "No problems.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
