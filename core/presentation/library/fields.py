"""Tags that draw form fields: `{% field form.title %}`, `{% error_summary form %}`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.forms import AmountField, MomentField, MomentInput, ShareField
from core.presentation import formats
from core.presentation.markup import attributes

register = template.Library()

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (MomentInput, "moment"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.Textarea, "text"),
)
AUTOCOMPLETE: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.EmailField, "email"),
    (forms.URLField, "url"),
)


@dataclass(frozen=True)
class FieldError:
    """A line of the error summary: where it happened and what to do."""

    anchor: str
    words: str


@register.inclusion_tag("components/field.html", name="field")
def field_group(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    compact: bool = False,  # noqa: FBT001, FBT002  template tags take named arguments
    later: bool = False,  # noqa: FBT001, FBT002  template tags take named arguments
    **attrs: Any,
) -> dict[str, Any]:
    """A field with label, hint, error and control; more attributes go on the control.

    An attribute's underscore becomes a dash: `data_step="1"`. `compact` hides the label;
    `later` is for a field of a draft that may be empty now but not when it is handed in.
    """
    kind = kind_of(bound.field.widget)
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    return {
        "bound": bound,
        "kind": kind,
        "template": f"components/field/{kind}.html",
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "hint_id": f"{bound.auto_id}_helptext",
        "errors": error_words(bound),
        "compact": compact,
        "optional": not (bound.field.required or later) and kind not in {"checkbox", "hidden"},
        "control": control(bound, kind=kind, hint=hint, extra=extra),
        **trimmings(bound),
    }


def kind_of(widget: forms.Widget) -> str:
    """How a widget is drawn: the first kind that fits."""
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "text")


def trimmings(bound: BoundField) -> dict[str, Any]:
    """What stands around the control: currency, per cent, zone, character count, choices."""
    own = bound.field
    long_text = isinstance(own.widget, forms.Textarea) and isinstance(own, forms.CharField)
    count = own.max_length if long_text and isinstance(own, forms.CharField) else None
    return {
        "prefix": own.prefix if isinstance(own, AmountField) else "",
        "suffix": own.suffix if isinstance(own, ShareField) else "",
        "zone": formats.city(own.zone) if isinstance(own, MomentField) else "",
        "count_max": count,
        "count_now": len(str(bound.value() or "").replace("\r\n", "\n")) if count else 0,
        "many": isinstance(own.widget, forms.CheckboxSelectMultiple),
    }


def control(bound: BoundField, *, kind: str, hint: str, extra: dict[str, Any]) -> SafeString | str:
    """The control itself with the classes and the attributes that accessibility needs."""
    if kind in {"choices", "moment"}:
        return ""
    own = bound.field.widget.attrs
    css = " ".join(part for part in (css_of(bound, kind=kind), own.get("class", "")) if part)
    attrs = {**defaults(bound, kind=kind), **extra}
    attrs["class"] = " ".join(part for part in (css, extra.get("class", "")) if part)
    if described := described_by(bound, hint=hint):
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)


def defaults(bound: BoundField, *, kind: str) -> dict[str, Any]:
    """Attributes that a field gets unless its widget says otherwise."""
    own = bound.field.widget.attrs
    found: dict[str, Any] = {}
    complete = next((word for cls, word in AUTOCOMPLETE if isinstance(bound.field, cls)), "")
    if complete and "autocomplete" not in own:
        found["autocomplete"] = complete
    if isinstance(bound.field.widget, forms.Textarea) and own.get("rows") in {None, "10"}:
        found["rows"] = 6
    if isinstance(bound.field, forms.IntegerField) and kind == "text":
        found |= {"inputmode": "numeric", "type": "text"}
    return found


def css_of(bound: BoundField, *, kind: str) -> str:
    """Classes of a control by its kind, red when it was refused."""
    base = {
        "select": "govuk-select",
        "checkbox": "govuk-checkboxes__input",
        "file": "govuk-file-upload",
        "hidden": "",
    }
    textarea = isinstance(bound.field.widget, forms.Textarea)
    name = base.get(kind, "govuk-textarea" if textarea else "govuk-input")
    refused = f"{name}--error" if bound.errors and name and kind != "checkbox" else ""
    return " ".join(part for part in (name, refused, width(bound, kind=kind)) if part)


def width(bound: BoundField, *, kind: str) -> str:
    """Short values get short boxes, so that the box tells how much is expected."""
    if kind != "text" or isinstance(bound.field.widget, forms.Textarea):
        return ""
    if isinstance(bound.field, forms.IntegerField):
        return "govuk-input--width-5 tr-num"
    longest = getattr(bound.field, "max_length", None)
    return "govuk-input--width-10" if longest and longest <= 12 else ""


def described_by(bound: BoundField, *, hint: str = "") -> str:
    """Ids of what describes a control: its hint, its error, its character count."""
    ids = [f"{bound.auto_id}_helptext"] if hint or bound.help_text else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    ids += [f"{bound.auto_id}_count"] if trimmings(bound)["count_max"] else []
    return " ".join(ids)


@register.simple_tag
def moment_box(bound: BoundField, which: int) -> SafeString:
    """One of the two boxes of an instant: 0 the day, 1 the time."""
    box = bound.subwidgets[0].data["subwidgets"][which]
    found = attributes(
        {
            "class": f"govuk-input {'govuk-input--error ' if bound.errors else ''}"
            f"{box['attrs'].get('class', '')}",
            "id": box["attrs"]["id"],
            "name": box["name"],
            "value": box["value"] or "",
            "autocomplete": "off",
            "required": bound.field.required,
            "aria-invalid": "true" if bound.errors else None,
            "aria-describedby": described_by(bound) or None,
        }
    )
    return SafeString(f"<input{found}>")


@register.inclusion_tag("components/error_summary.html")
def error_summary(*shown: Any) -> dict[str, Any]:
    """Everything that was refused, first on the page, with links to the fields."""
    errors = [error for form in shown if form is not None for error in form_errors(form)]
    return {"errors": errors, "title": summary_title(len(errors))}


def summary_title(number: int) -> str:
    """One sentence above the list."""
    if number == 1:
        return gettext("One thing has to be put right")
    return gettext("%(n)d things have to be put right") % {"n": number}


def form_errors(form: Any) -> Iterable[FieldError]:
    """Errors of a form or of each form of a set, in the order of its fields."""
    if isinstance(form, forms.BaseFormSet):
        for words in form.non_form_errors():
            yield FieldError("", str(words))
        for single in form.forms:
            yield from form_errors(single)
        return
    if not form.is_bound:
        return
    for words in form.non_field_errors():
        yield FieldError("", str(words))
    for bound in form:
        for words in error_words(bound):
            named = words if str(bound.label) in words else f"{bound.label}: {words}"
            yield FieldError(first_id(bound), named)


def error_words(bound: BoundField) -> list[str]:
    """What to do about each error; an empty field is named instead of called "this field"."""
    empty = required_words(bound)
    return [
        empty if error.code == "required" else str(words)
        for error, words in zip(bound.errors.as_data(), bound.errors, strict=True)
    ]


def required_words(bound: BoundField) -> str:
    """The sentence for a field that was left empty, by how it is filled in."""
    kind = kind_of(bound.field.widget)
    if kind == "checkbox":
        return gettext("Tick the box to confirm this.")
    words = {
        "choices": gettext("Choose an answer for “%(label)s”."),
        "select": gettext("Choose an answer for “%(label)s”."),
        "file": gettext("Choose a file for “%(label)s”."),
    }
    return words.get(kind, gettext("Fill in “%(label)s”.")) % {"label": bound.label}


def first_id(bound: BoundField) -> str:
    """Id of the control that gets the focus: the first one of several."""
    if kind_of(bound.field.widget) in {"choices", "moment"}:
        return f"{bound.auto_id}_0"
    return bound.auto_id
