"""Fields of the models of Huawei's SDK that no response of an exchange has, and why."""

from __future__ import annotations

from collections.abc import Mapping

SIDES = "no exchange asks for both sides of the document"
PLACES = "no exchange asks for places or characters"
CHECKS = "no exchange asks for this check of the picture"
LIST = "doc: of a sales list or of a passenger's travel, which are not read"
ELECTRONIC = "doc: of an electronic licence, whose layout is not read"
_FIELDS: Mapping[tuple[str, str, str], str] = {
    (PLACES, "bankcard", "BankcardResult"): "text_location",
    (SIDES, "driver_license", "DriverLicenseBack"): "address issuing_authority type",
    (PLACES, "driver_license", "DriverLicenseBack"): "text_location",
    (SIDES, "driver_license", "DriverLicenseFront"): """
        accumulated_scores address birth class current_time file_number generation_date
        issue_date issuing_authority name nationality number sex status type valid_from
        valid_to
    """,
    (PLACES, "driver_license", "DriverLicenseFront"): "text_location",
    (
        ELECTRONIC,
        "driver_license",
        "DriverLicenseResult",
    ): "accumulated_scores current_time generation_date status",
    (SIDES, "driver_license", "DriverLicenseResult"): "front",
    (PLACES, "driver_license", "DriverLicenseResult"): "text_location",
    (PLACES, "general_table", "CharListItem"): "char char_confidence char_location",
    (PLACES, "general_table", "WordsListItem"): "char_list",
    (CHECKS, "id_card", "IdCardResult"): """
        adjusted_image detect_blocking_within_border_result detect_border_integrity_result
        detect_glare_result detect_interim_result detect_reproduce_result
        detect_tampering_result portrait_image portrait_location
    """,
    (SIDES, "id_card", "IdCardResult"): "back",
    (SIDES, "id_card", "IdcardBackResult"): """
        adjusted_image detect_blocking_within_border_result detect_blur_result
        detect_border_integrity_result detect_copy_result detect_glare_result
        detect_interim_result detect_reproduce_result detect_tampering_result issue
        score_info valid_from valid_to verification_result
    """,
    (PLACES, "id_card", "IdcardBackResult"): "text_location",
    (SIDES, "id_card", "IdcardBackVerificationResult"): "valid_date valid_validity_period",
    (SIDES, "id_card", "IdcardFrontResult"): """
        adjusted_image detect_blocking_within_border_result detect_blur_result
        detect_border_integrity_result detect_copy_result detect_glare_result
        detect_interim_result detect_reproduce_result detect_tampering_result portrait_image
        portrait_location score_info
    """,
    (PLACES, "id_card", "IdcardFrontResult"): "text_location",
    (CHECKS, "id_card", "IdcardScoreInfoResult"): """
        blocking_within_border_score border_integrity_score glare_score interim_score
        reproduce_score tampering_score
    """,
    (LIST, "vat_invoice", "BelongItemList"): """
        amount item_number name quantity specification tax tax_rate unit unit_price
    """,
    (LIST, "vat_invoice", "ItemList"): "end_date license_plate_number start_date vehicle_type",
    (LIST, "vat_invoice", "PassengerTravelItemList"): """
        arrival_location class departure_location id_number transportation_type travel_date
        traveler_name
    """,
    (LIST, "vat_invoice", "VatInvoiceResult"): """
        belong_buyer_name belong_current_page belong_discount_amount belong_discount_tax
        belong_issue_date belong_item_list belong_number belong_pages belong_remarks
        belong_seller_name belong_subtotal_amount belong_subtotal_tax belong_sum_amount
        belong_sum_tax belong_vat_code current_page passenger_travel_item_list sales_mark
        sum_amount sum_tax total_pages
    """,
    (PLACES, "vat_invoice", "VatInvoiceResult"): "text_location",
    (SIDES, "vehicle_license", "VehicleLicenseBack"): """
        alarm_confidence alarm_result approved_load approved_passengers code_number
        dimension energy_type file_no gross_mass inspection_record number remarks
        traction_mass unladen_mass
    """,
    (PLACES, "vehicle_license", "VehicleLicenseBack"): "text_location",
    (SIDES, "vehicle_license", "VehicleLicenseFront"): """
        address alarm_confidence alarm_result engine_no issue_date issuing_authority model
        name number register_date use_character vehicle_type vin
    """,
    (PLACES, "vehicle_license", "VehicleLicenseFront"): "text_location",
    (SIDES, "vehicle_license", "VehicleLicenseResult"): "back front",
    (
        ELECTRONIC,
        "vehicle_license",
        "VehicleLicenseResult",
    ): "color issuing_authority mandatory_scrapping_date status",
    (PLACES, "vehicle_license", "VehicleLicenseResult"): "text_location",
}
"""Reason, operation and model → names."""

NEVER_SENT = {
    f"huawei.{operation}: {model}.{name}": reason
    for (reason, operation, model), names in _FIELDS.items()
    for name in names.split()
}
