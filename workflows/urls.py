from django.urls import path

from workflows.views import home

app_name = "workflows"

urlpatterns = [
    path("", home.front_page, name="front_page"),
    path("home/", home.home_page, name="home_page"),
    path("home/waiting/", home.waiting_list, name="waiting_list"),
]
