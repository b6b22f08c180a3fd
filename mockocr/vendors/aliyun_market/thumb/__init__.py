"""拇指云's 图片文字识别 behind the gateway."""
