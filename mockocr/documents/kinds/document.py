"""What a document is: its kind, the fields of each kind, and the values that were read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from mockocr.core.recognition import Quad
from mockocr.documents.char_map import NOTHING, Value


class Kind(StrEnum):
    """A kind of document; the value is its public name."""

    ID_CARD_FRONT = "id_card_front"
    ID_CARD_BACK = "id_card_back"
    BANK_CARD = "bank_card"
    BUSINESS_LICENCE = "business_licence"
    DRIVING_LICENCE = "driving_licence"
    DRIVING_LICENCE_BACK = "driving_licence_back"
    VEHICLE_LICENCE = "vehicle_licence"
    VEHICLE_LICENCE_BACK = "vehicle_licence_back"
    LICENCE_PLATE = "licence_plate"
    PASSPORT = "passport"
    HOUSEHOLD_REGISTER = "household_register"
    VAT_INVOICE = "vat_invoice"
    VAT_ROLL_INVOICE = "vat_roll_invoice"
    TRAIN_TICKET = "train_ticket"
    TAXI_RECEIPT = "taxi_receipt"
    QUOTA_INVOICE = "quota_invoice"
    AIR_ITINERARY = "air_itinerary"
    TOLL_RECEIPT = "toll_receipt"
    BUS_TICKET = "bus_ticket"
    MACHINE_INVOICE = "machine_invoice"

    @property
    def words(self) -> str:
        """The name as a sentence uses it: `business licence`, `ID card (front)`."""
        text = self.value.replace("_", " ").replace("id card", "ID card").replace("vat", "VAT")
        for side in ("front", "back"):
            text = text.replace(f" {side}", f" ({side})")
        return text


FIELDS: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(names.split())
    for kind, names in {
        Kind.ID_CARD_FRONT: "name sex nation birth address number",
        Kind.ID_CARD_BACK: "authority valid_from valid_to",
        Kind.BANK_CARD: "number bank bank_code card_type card_name valid_to holder",
        Kind.BUSINESS_LICENCE: """
            number serial_number title copy name type person address capital composing_form
            business set_date valid_from valid_to registration_date authority
        """,
        Kind.DRIVING_LICENCE: """
            number name sex nationality address birth first_issue class valid_from valid_to
            authority
        """,
        Kind.DRIVING_LICENCE_BACK: "number name archive_number record",
        Kind.VEHICLE_LICENCE: """
            plate type owner address use model vin engine register_date issue_date authority
        """,
        Kind.VEHICLE_LICENCE_BACK: """
            plate file_number seats total_mass curb_weight load size traction_mass remarks record
            code fuel
        """,
        Kind.LICENCE_PLATE: "number color",
        Kind.PASSPORT: """
            type country number name name_latin surname given_names sex nationality birth
            birth_place issue_place issue_date expiry_date authority mrz1 mrz2
        """,
        Kind.HOUSEHOLD_REGISTER: """
            page register_number register_type head address name relation sex birth_place
            native_place nation birth number former_name
        """,
        Kind.VAT_INVOICE: """
            title type code number date machine_number check_code buyer_name buyer_tax_id
            buyer_address_phone buyer_bank_account seller_name seller_tax_id seller_address_phone
            seller_bank_account password amount tax total total_in_words payee reviewer drawer
            remark province copy service_type page
        """,
        Kind.VAT_ROLL_INVOICE: """
            code number date machine_number check_code seller_name seller_tax_id buyer_name
            buyer_tax_id total total_in_words cashier title
        """,
        Kind.TRAIN_TICKET: """
            number from to train date time carriage_seat seat_class price passenger id_number
            sale_place check_in invoice_number issue_date buyer_name buyer_tax_id ticket_number
            remark title
        """,
        Kind.TAXI_RECEIPT: """
            code number plate date time_on time_off distance unit_price waiting fuel_surcharge
            amount certificate_number city title
        """,
        Kind.QUOTA_INVOICE: "code number amount amount_in_words city title",
        Kind.AIR_ITINERARY: """
            number passenger id_number ticket_number date from to flight carrier class fare fuel
            fund tax total insurance agent issuer issue_date check_code invoice_number buyer_name
            buyer_tax_id endorsement other_taxes title
        """,
        Kind.TOLL_RECEIPT: "code number entry exit date time vehicle_type plate amount title",
        Kind.BUS_TICKET: "code number date time from to price passenger id_number title",
        Kind.MACHINE_INVOICE: """
            code number date seller_name seller_tax_id buyer_name buyer_tax_id total
            total_in_words check_code title
        """,
    }.items()
}
"""The fields of each kind, in the order in which the document prints them. docs/documents.md
describes their forms."""

ITEM_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.VAT_INVOICE: (
        *("name", "spec", "unit", "quantity", "price", "amount", "tax_rate", "tax"),
        *("start", "end", "plate", "vehicle_type"),
    ),
    Kind.VAT_ROLL_INVOICE: ("name", "quantity", "price", "amount"),
    Kind.MACHINE_INVOICE: ("name", "quantity", "price", "amount"),
    Kind.AIR_ITINERARY: (
        *("from", "to", "carrier", "flight", "class", "date", "time", "fare_basis", "baggage"),
    ),
}
"""The fields of each row, for the kinds that have rows."""


class Document(msgspec.Struct, frozen=True):
    """A document that was read.

    `fields` has a value for every field of the kind, empty where nothing was read. `items` are its
    rows, each with the row's fields. `quad` surrounds what was read, in pixels; it is None if
    nothing that was read has a place.
    """

    kind: Kind
    fields: Mapping[str, Value]
    items: tuple[Mapping[str, Value], ...] = ()
    quad: Quad | None = None

    @classmethod
    def of(
        cls,
        kind: Kind,
        fields: Mapping[str, Value],
        items: tuple[Mapping[str, Value], ...] = (),
    ) -> Document:
        """A document with the fields that were read; KeyError for a field that the kind lacks."""
        _require_known(kind, fields, FIELDS[kind])
        for item in items:
            _require_known(kind, item, ITEM_FIELDS.get(kind, ()))
        full = {name: fields.get(name, NOTHING) for name in FIELDS[kind]}
        rows = tuple(
            {name: item.get(name, NOTHING) for name in ITEM_FIELDS[kind]} for item in items
        )
        values = [*full.values(), *(value for row in rows for value in row.values())]
        characters = tuple(c for value in values for c in value.characters)
        return cls(kind, full, rows, Value("", characters).quad)

    def __getitem__(self, name: str) -> Value:
        return self.fields[name]

    def text(self, name: str) -> str:
        """The text of a field, empty if it was not read."""
        return self.fields[name].text

    def texts(self, names: Mapping[str, str]) -> dict[str, str]:
        """The texts of the fields under other names: `names` maps each to the field."""
        return {name: self.text(field) for name, field in names.items()}

    @property
    def read(self) -> tuple[str, ...]:
        """The names of the fields that were read, in order."""
        return tuple(name for name, value in self.fields.items() if value.text)


def _require_known(kind: Kind, given: Mapping[str, Value], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise KeyError(f"{kind.value} has no field {name!r}")
