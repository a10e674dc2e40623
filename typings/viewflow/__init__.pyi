# The names of django-viewflow 2.4.0 that this project uses; the package ships no types.
from viewflow.this_object import This as This
from viewflow.this_object import this as this
