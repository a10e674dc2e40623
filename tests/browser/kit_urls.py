"""The real addresses, the component sheet, and a draft that saves itself."""

from django import forms
from django.http import HttpResponse
from django.http.request import HttpRequest
from django.shortcuts import render
from django.template import engines
from django.urls import path

from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as real
from core import clock
from core.views import gallery
from core.web import public, signed_in

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

PAGE = """{% extends "base.html" %}{% block title %}Draft{% endblock %}{% block main %}
<h1>Draft</h1>{% countdown soon %}<form method="post" data-autosave hx-post="/draft/"
hx-trigger="input delay:300ms" hx-target="#saved" hx-swap="outerHTML">{% csrf_token %}{{ form }}
{% saved %}<button class="govuk-button">Keep it</button></form>{% endblock %}"""

kept: dict[str, str] = {"text": "as it was", "sure": ""}


class Draft(forms.Form):
    text = forms.CharField(label="Text", max_length=100, widget=forms.Textarea)
    sure = forms.BooleanField(label="Sure", required=False)


@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    form = Draft(request.POST or None, initial=kept)
    if form.is_valid():
        kept.update(text=form.cleaned_data["text"])
        if request.headers.get("HX-Request"):
            return render(request, "components/saved.html", {"at": clock.now()})
    soon = clock.now().replace(microsecond=0)
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"form": form, "soon": soon}, request))


@public
def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "public/front.html", {})


urlpatterns = [
    path("", plain),
    path("design/", gallery.sheet, name="design_sheet"),
    path("draft/", draft),
    *real,
]
