"""The tables of the read model. `body` is the value as JSON; the other columns serve to find and to sort it."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: SQLite keeps no zone, so one is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: always UTC."""
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database: always with a zone."""
        del dialect
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """The registry of the tables below."""


class ItemRow(Base):
    """An item as it is; `version` counts its ledger entries and `rank` orders severities."""

    __tablename__ = "items"
    __table_args__ = (Index("items_by_state", "state", "updated_at"), Index("items_by_change", "updated_at"))

    id: Mapped[str] = mapped_column(String(256), primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(32))
    severity: Mapped[str] = mapped_column(String(16))
    rank: Mapped[int]
    environment: Mapped[str] = mapped_column(String(256))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[str] = mapped_column(Text)


class ActionRow(Base):
    """An action as it is; `version` counts its writes."""

    __tablename__ = "actions"
    __table_args__ = (Index("actions_by_state", "state", "updated_at"), Index("actions_by_change", "updated_at"))

    id: Mapped[str] = mapped_column(String(256), primary_key=True)
    version: Mapped[int]
    item_id: Mapped[str] = mapped_column(String(256), index=True)
    state: Mapped[str] = mapped_column(String(32))
    updated_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[str] = mapped_column(Text)


class EntryRow(Base):
    """One line of a trail; it never changes."""

    __tablename__ = "entries"
    __table_args__ = (Index("entries_by_item", "item_id", "id"), Index("entries_by_time", "at"))

    id: Mapped[str] = mapped_column(String(256), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(256))
    action_id: Mapped[str | None] = mapped_column(String(256))
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(256))
    text: Mapped[str] = mapped_column(Text)


class CheckpointRow(Base):
    """How far the ledger's feed was read (`read_to`), and when it was last read to its end (`as_of`)."""

    __tablename__ = "checkpoint"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    read_to: Mapped[datetime] = mapped_column(Moment)
    as_of: Mapped[datetime | None] = mapped_column(Moment)
