"""The names and forms that the vendor gives to the fields of cards, licences and invoices.

Sources: doc, metadata of 2025-12-19; observed, public notes on RecognizeMixedInvoices (2025) for
VAT invoices and train tickets. `guess` marks the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from mockocr.documents.char_map import Value
from mockocr.documents.formats import chinese_date, compact_date, dotted_date
from mockocr.documents.kinds import Document

Form = Callable[[str], str]
Fields = Sequence[tuple[str, Value]]

UNLIMITED = "长期"
_LAST_DAY = "29991231"
"""doc: the last day of a licence that is valid without end."""


class Field(msgspec.Struct, frozen=True):
    """A member of `data`: `key` as the vendor names it, the `names` of the fields that it is made
    of, joined by `joint`, each in its `form`. Without names it is always empty.
    """

    key: str
    names: tuple[str, ...] = ()
    form: Form = str
    joint: str = ""

    def value(self, document: Document) -> Value:
        """The field with its text in the vendor's form."""
        parts = [document[name] for name in self.names if document.text(name)]
        return Value(
            self.joint.join(self.form(part.text) for part in parts),
            tuple(character for part in parts for character in part.characters),
            min((part.scripted for part in parts), default=0.0),
        )


def named(document: Document, skin: Sequence[Field]) -> Fields:
    """Every field of the skin in order; empty where nothing was read."""
    return [(field.key, field.value(document)) for field in skin]


def short_date(text: str) -> str:
    """`1986年1月9日`. doc: RecognizeIdcard."""
    return chinese_date(text, padded=False)


def end_date(text: str) -> str:
    """`20270103`, or the vendor's last day."""
    return _LAST_DAY if text == UNLIMITED else compact_date(text)


def month(text: str) -> str:
    """`2024/12`. doc: RecognizeBankCard."""
    return "/".join(text.split("-")[:2])


def card_type(text: str) -> str:
    """doc: DC and CC; guess: the others."""
    return {"借记卡": "DC", "贷记卡": "CC", "信用卡": "CC", "准贷记卡": "SCC"}.get(text, text)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def invoice_type(text: str) -> str:
    """observed: 电子普通发票, 数电普通发票; guess: the others, formed alike."""
    if text.startswith("电子发票("):
        return f"数电{text[len('电子发票(') : -1]}"
    return text.removeprefix("增值税") if text != "增值税" else text


def _fields(*specs: str, form: Form = str) -> tuple[Field, ...]:
    """`key=name` each; a key alone is never read."""
    made = []
    for spec in specs:
        key, _, name = spec.partition("=")
        made.append(Field(key, (name,) if name else (), form))
    return tuple(made)


ID_CARD_FACE = (
    *_fields("name=name", "sex=sex", "ethnicity=nation"),
    *_fields("birthDate=birth", form=short_date),
    *_fields("address=address", "idNumber=number"),
)
ID_CARD_BACK = (
    *_fields("issueAuthority=authority"),
    Field("validPeriod", ("valid_from", "valid_to"), dotted_date, "-"),
)
BANK_CARD = (
    *_fields("bankName=bank"),
    *_fields("cardNumber=number", form=without_blanks),
    *_fields("validToDate=valid_to", form=month),
    *_fields("cardType=card_type", form=card_type),
)
BUSINESS_LICENCE = (
    *_fields("creditCode=number", "companyName=name", "companyType=type"),
    *_fields("businessAddress=address", "legalPerson=person", "businessScope=business"),
    *_fields("registeredCapital=capital"),
    *_fields("RegistrationDate=set_date", form=chinese_date),
    Field("validPeriod", ("valid_from", "valid_to"), chinese_date, "至"),
    *_fields("validFromDate=valid_from", form=compact_date),
    *_fields("validToDate=valid_to", form=end_date),
    *_fields("companyForm=composing_form"),
)
"""guess: the forms of RegistrationDate and validPeriod."""
DRIVING_LICENCE_FACE = (
    *_fields("licenseNumber=number", "name=name", "sex=sex", "nationality=nationality"),
    *_fields("address=address", "birthDate=birth", "initialIssueDate=first_issue"),
    *_fields("approvedType=class", "issueAuthority=authority", "validFromDate=valid_from"),
    Field("validPeriod", ("valid_from", "valid_to"), joint="至"),
)
"""guess: the form of validPeriod."""
DRIVING_LICENCE_BACK = _fields(
    "name=name", "licenseNumber=number", "recordNumber=archive_number", "record=record"
)
VEHICLE_LICENCE_FACE = _fields(
    *("licensePlateNumber=plate", "vehicleType=type", "owner=owner", "address=address"),
    *("useNature=use", "model=model", "vinCode=vin", "engineNumber=engine"),
    *("registrationDate=register_date", "issueDate=issue_date", "issueAuthority=authority"),
)
VEHICLE_LICENCE_BACK = _fields(
    *("licensePlateNumber=plate", "inspectionRecord=record", "passengerCapacity=seats"),
    *("totalWeight=total_mass", "curbWeight=curb_weight", "permittedWeight=load"),
    *("overallDimension=size", "tractionWeight=traction_mass", "energySign=fuel"),
    *("recordNumber=file_number", "remarks=remarks"),
)
INVOICE = (
    *_fields("invoiceCode=code", "invoiceNumber=number"),
    *_fields("printedInvoiceCode", "printedInvoiceNumber"),
    *_fields("invoiceDate=date", form=chinese_date),
    *_fields("machineCode=machine_number", "checkCode=check_code", "purchaserName=buyer_name"),
    *_fields("purchaserTaxNumber=buyer_tax_id", "purchaserContactInfo=buyer_address_phone"),
    *_fields("purchaserBankAccountInfo=buyer_bank_account", "passwordArea=password"),
    *_fields("invoiceAmountPreTax=amount", "invoiceTax=tax"),
    *_fields("totalAmountInWords=total_in_words", "totalAmount=total"),
    *_fields("sellerName=seller_name", "sellerTaxNumber=seller_tax_id"),
    *_fields("sellerContactInfo=seller_address_phone"),
    *_fields("sellerBankAccountInfo=seller_bank_account"),
    *_fields("recipient=payee", "reviewer=reviewer", "drawer=drawer", "remarks=remark"),
    *_fields("title=title", "formType=copy"),
    *_fields("invoiceType=type", form=invoice_type),
    *_fields("specialTag"),
)
"""guess: that formType is the copy. Two numbers that are printed twice are not told apart."""
INVOICE_ROW = _fields(
    *("itemName=name", "specification=spec", "unit=unit", "quantity=quantity"),
    *("unitPrice=price", "amount=amount", "taxRate=tax_rate", "tax=tax"),
)
