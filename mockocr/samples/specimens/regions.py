"""The provinces, cities and tax offices that specimens name."""

PROVINCES = ("浙江省", "江苏省", "山东省", "湖北省", "四川省")
TAX_OFFICES = ("浙江", "上海", "山东", "北京", "江苏", "四川")
"""As titles of invoices name them."""
TAX_OFFICES_AND_CITY = (*TAX_OFFICES[:5], "深圳", *TAX_OFFICES[5:])
"""With a city that has a tax office of its own. The order decides what a seed draws."""
HOME_TOWNS = ("浙江省杭州市", "湖南省长沙市", "四川省成都市", "福建省福州市", "山东省济南市")
