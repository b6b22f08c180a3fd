"""What 拇指云's two services share: behind the gateway (`thumb`) and on its own (`platform`)."""
