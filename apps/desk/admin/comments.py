"""What is said about a record at the desk: below its form, and never in public."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from apps.desk.models import Comment


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        labels = {"text": "Your comment"}
        help_texts = {"text": "Seen at the desk only."}


class CommentPages:
    """The page `comment` of a record's admin, and what its form shows of comments."""

    def get_urls(self: Any) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        view = self.admin_site.admin_view(require_POST(self.comment_view))
        return [path("<int:key>/comment/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def comment_view(self: Any, request: HttpRequest, key: int) -> HttpResponseRedirect:
        record = self.get_object(request, str(key))
        if record is None:
            raise Http404("There is no such record.")
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        said = Comment(record_type=self.opts.model_name, public_id=record.public_id)
        said.author_id = request.user.pk  # type: ignore[assignment]  # nobody else gets here
        form = CommentForm(request.POST, instance=said)
        if form.is_valid():
            form.save()
        else:
            self.message_user(request, f"Comment: {form.errors.as_text()}", messages.ERROR)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(f"{reverse(name, args=[key])}#comments")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if (record := context.get("original")) is not None:
            context["comments"] = Comment.objects.about(record).select_related("author")
            context["comment_form"] = CommentForm(auto_id="comment-%s")
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
