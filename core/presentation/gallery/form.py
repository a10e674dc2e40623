"""A form with one field of each kind, as it looks after it was refused."""

from django import forms

from core.forms import AmountField, DayField, IbanField, MomentField, ShareField


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Project title", help_text="As it will stand in the agreement")
    amount = AmountField(label="Amount asked for", max_cents=6_000_000)
    rate = ShareField(label="Own share", required=False)
    deadline = MomentField(label="Deadline", help_text="The call's own zone")
    starts_on = DayField(label="First day", required=False)
    iban = IbanField(label="IBAN", help_text="The account must be in the name of the firm.")
    email = forms.EmailField(label="Email", required=False)
    summary = forms.CharField(label="Summary", max_length=2_000, widget=forms.Textarea)
    ecosystem = forms.ChoiceField(
        label="Ecosystem", choices=[("agri", "Agri-food"), ("tex", "Textile")]
    )
    size = forms.ChoiceField(
        label="Size of the firm",
        choices=[("s", "Under 50 people"), ("m", "50 to 249")],
        widget=forms.RadioSelect,
    )
    services = forms.MultipleChoiceField(
        label="Services",
        choices=[("g", "Green"), ("d", "Digital")],
        widget=forms.CheckboxSelectMultiple,
    )
    paid = forms.BooleanField(label="We have paid our own share and the VAT to the provider.")
    evidence = forms.FileField(label="Invoice", help_text="PDF or image, 10 MB each")


def form() -> SampleForm:
    """The form after it was refused: what was typed stays."""
    return SampleForm(
        {
            "title": "Digital twin for cold-chain SMEs",
            "amount": "75,000.00",
            "rate": "20",
            "deadline_day": "30 Nov 2021",
            "deadline_time": "17:00",
            "starts_on": "soon",
            "iban": "BE71 0961 2345 6760",
            "email": "mira.fernwood@example.org",
            "summary": "Cold chains lose food and energy.",
            "ecosystem": "agri",
            "size": "s",
            "services": ["g"],
            "paid": "on",
        }
    )
