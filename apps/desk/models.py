"""No table: a place in Django's permissions for what concerns every type of record."""

from django.db import models


class Publishing(models.Model):
    """Holds the permission `desk.publish_record`, so that no record's Meta has to."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("publish_record", "Can publish and withdraw records")]

    def __str__(self) -> str:
        return "Publishing"
