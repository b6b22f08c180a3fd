"""The objects of tickets and receipts in `SingleInvoiceInfos`: members in alphabetical order. That
of the electronic train ticket is observed in real answers, those of TollInvoice and TrainTicket in
the vendor's example; the others are the SDK's models (3.1.193), in the same order by analogy.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document
from mockocr.vendors.tencent.cloud import invoice_types as types
from mockocr.vendors.tencent.cloud.invoice_members import Field, Rows, Source, station

TRAVEL = "交通"
"""`Kind` of tickets and tolls in the vendor's example."""


def _is_highway(receipt: Document) -> int:
    return int("高速" in receipt.text("title"))


_TRAIN: Mapping[str, Source] = {
    "AdditionalFare": "",
    "DateGetOn": Field("date", chinese_date),
    "GateNumber": Field("check_in"),
    "HandlingFee": "",
    "Kind": TRAVEL,
    "Name": Field("passenger"),
    "Number": Field("number"),
    "OriginalFare": "",
    "PickUpAddress": Field("sale_place"),
    "QRCodeMark": 0,
    "ReceiptNumber": "",
    "RefundMark": 0,
    "ReimburseOnlyMark": lambda ticket: int("仅供报销" in ticket.text("remark")),
    "Seat": Field("seat_class"),
    "SeatNumber": Field("carriage_seat"),
    "SerialNumber": "",
    "StationGetOff": Field("to", station),
    "StationGetOn": Field("from", station),
    "TicketChange": "0",
    "TicketChangeMark": 0,
    "TimeGetOn": Field("time"),
    "Title": "",
    "Total": Field("price"),
    "TotalCn": "",
    "TrainNumber": Field("train"),
    "UserID": Field("id_number"),
}
_FULL_TRAIN: Mapping[str, Source] = {
    "Buyer": Field("buyer_name"),
    "BuyerTaxID": Field("buyer_tax_id"),
    "Date": Field("issue_date", chinese_date),
    "DateGetOn": Field("date", chinese_date),
    "ElectronicTicketNum": Field("ticket_number"),
    "Fare": Field("price"),
    "IDInfo": lambda ticket: "始发改签" if "始发改签" in ticket.text("remark") else "",
    "Number": Field("invoice_number"),
    "OriginalNumber": "",
    "Seat": Field("seat_class"),
    "SeatNumber": Field("carriage_seat"),
    "StationGetOff": Field("to", station),
    "StationGetOn": Field("from", station),
    "Tax": "",
    "TaxRate": "",
    "TimeGetOn": Field("time"),
    "Total": "",
    "TrainNumber": Field("train"),
    "TypeOfVoucher": "电子发票（铁路电子客票）",  # observed: its title, with full-width brackets
    "UserID": Field("id_number"),
    "UserName": Field("passenger"),
}


_TAXI: Mapping[str, Source] = {
    "BookingCallFee": "",
    "City": Field("city"),
    "Code": Field("code"),
    "CompanySealMark": 0,
    "Date": Field("date", chinese_date),
    "FuelFee": Field("fuel_surcharge"),
    "Kind": TRAVEL,
    "LicensePlate": Field("plate"),
    "Mileage": Field("distance"),
    "Number": Field("number"),
    "Place": Field("city"),
    "Price": Field("unit_price"),
    "Province": "",
    "QRCodeMark": 0,
    "TimeGetOff": Field("time_off"),
    "TimeGetOn": Field("time_on"),
    "Title": Field("title"),
    "Total": Field("amount"),
}
_QUOTA: Mapping[str, Source] = {
    "City": Field("city"),
    "Code": Field("code"),
    "CompanySealMark": 0,
    "Kind": "",
    "Number": Field("number"),
    "Province": "",
    "QRCodeMark": 0,
    "Title": Field("title"),
    "Total": Field("amount"),
    "TotalCn": Field("amount_in_words"),
}
_TOLL: Mapping[str, Source] = {
    "Code": Field("code"),
    "Date": Field("date", chinese_date),
    "Entrance": Field("entry"),
    "Exit": Field("exit"),
    "HighwayMark": _is_highway,
    "Kind": TRAVEL,
    "Number": Field("number"),
    "QRCodeMark": 0,
    "Time": Field("time"),
    "Title": Field("title"),
    "Total": Field("amount"),
}
_BUS: Mapping[str, Source] = {
    "City": "",
    "Code": Field("code"),
    "Date": "",
    "DateGetOn": Field("date", chinese_date),
    "GateNumber": "",
    "Kind": TRAVEL,
    "Number": Field("number"),
    "PlaceGetOn": "",
    "Province": "",
    "QRCodeMark": 0,
    "SeatNumber": "",
    "StationGetOff": Field("to"),
    "StationGetOn": Field("from"),
    "TicketType": "",
    "TimeGetOn": Field("time"),
    "Title": Field("title"),
    "Total": Field("price"),
    "TrainNumber": "",
    "UserID": Field("id_number"),
    "UserName": Field("passenger"),
    "VehicleType": "",
}
_AIR: Mapping[str, Source] = {
    "AgentCode": Field("agent"),
    "AgentCodeFirst": "",
    "AgentCodeSecond": "",
    "AirDevelopmentFund": Field("fund"),
    "Buyer": Field("buyer_name"),
    "BuyerTaxID": Field("buyer_tax_id"),
    "CheckCode": Field("check_code"),
    "Date": Field("issue_date", chinese_date),
    "DateEnd": "",
    "DateStart": "",
    "DomesticInternationalTag": "",
    "Endorsement": Field("endorsement"),
    "Fare": Field("fare"),
    "FlightItems": Rows(
        {
            "Allow": Field("baggage"),
            "Carrier": Field("carrier"),
            "DateGetOn": Field("date", chinese_date),
            "FareBasis": Field("fare_basis"),
            "FlightNumber": Field("flight"),
            "Seat": Field("class"),
            "StationGetOff": Field("to"),
            "StationGetOn": Field("from"),
            "TerminalGetOff": "",
            "TerminalGetOn": "",
            "TimeGetOn": Field("time"),
        }
    ),
    "FuelSurcharge": Field("fuel"),
    "Insurance": Field("insurance"),
    "InvoiceStatus": "",
    "Issuer": Field("issuer"),
    "Kind": TRAVEL,
    "Number": Field("ticket_number"),
    "PromptInformation": "",
    "QRCodeMark": 0,
    "ReceiptNumber": Field("invoice_number"),
    "SerialNumber": Field("number"),
    "Tax": Field("tax"),
    "TaxAmount": "",
    "TaxRate": "",
    "Title": Field("title"),
    "Total": Field("total"),
    "UserID": Field("id_number"),
    "UserName": Field("passenger"),
}
_FULL_FLIGHT: Mapping[str, Source] = {
    "Buyer": Field("buyer_name"),
    "BuyerTaxID": Field("buyer_tax_id"),
    "Date": Field("issue_date", chinese_date),
    "DevelopmentFund": Field("fund"),
    "DomesticInternationalTag": "",
    "ElectronicTicketNum": Field("ticket_number"),
    "Endorsement": Field("endorsement"),
    "Fare": Field("fare"),
    "FlightItems": Rows(
        {
            "Allow": Field("baggage"),
            "Carrier": Field("carrier"),
            "DateEnd": "",
            "DateGetOn": Field("date", chinese_date),
            "DateStart": "",
            "FareBasis": Field("fare_basis"),
            "FlightNumber": Field("flight"),
            "Seat": Field("class"),
            "TerminalGetOff": Field("to"),
            "TerminalGetOn": Field("from"),
            "TimeGetOn": Field("time"),
        }
    ),
    "FuelSurcharge": Field("fuel"),
    "GPOrder": "",
    "Insurance": Field("insurance"),
    "InvoiceStatus": "",
    "Issuer": Field("issuer"),
    "Number": Field("invoice_number"),
    "OtherTax": Field("other_taxes"),
    "PromptInformation": "",
    "Seller": "",
    "Tax": Field("tax"),
    "TaxRate": "",
    "Total": Field("total"),
    "UserID": Field("id_number"),
    "UserName": Field("passenger"),
    "VerificationCode": Field("check_code"),
}

TICKET_MEMBERS: Mapping[str, Mapping[str, Source]] = {
    types.TRAIN.key: _TRAIN,
    types.FULL_TRAIN.key: _FULL_TRAIN,
    types.TAXI.key: _TAXI,
    types.QUOTA.key: _QUOTA,
    types.TOLL.key: _TOLL,
    types.BUS.key: _BUS,
    types.AIR.key: _AIR,
    types.FULL_FLIGHT.key: _FULL_FLIGHT,
}
