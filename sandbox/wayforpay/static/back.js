// Sends the payer back to the shop by itself; without scripts the button does it.
document.getElementById("back")?.submit();
