"""Notes in JSON."""

from rest_framework import serializers

from .models import Note


class NoteSerializer(serializers.ModelSerializer[Note]):
    """A note as its owner sees it."""

    createdAt = serializers.DateTimeField(source="created_at", read_only=True)  # noqa: N815 - JSON

    class Meta:
        model = Note
        fields = ("id", "text", "createdAt")


class HelloSerializer(serializers.Serializer[dict[str, str]]):
    """A greeting."""

    message = serializers.CharField()
