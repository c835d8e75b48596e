// Offers to fill a point with where the phone is. Without scripts the point is typed.
const words = document.documentElement.lang === 'en'
  ? { use: 'Use my location', wait: 'Finding your location …', failed: 'Your location could not be read. Type it instead.' }
  : { use: 'Pakai lokasi saya', wait: 'Mencari lokasi …', failed: 'Lokasi tidak dapat dibaca. Ketik saja titiknya.' };

for (const box of 'geolocation' in navigator ? document.querySelectorAll('[data-geopoint]') : []) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'govuk-button govuk-button--secondary portal-place';
  button.textContent = words.use;
  const told = document.createElement('p');
  told.className = 'govuk-hint';
  told.setAttribute('role', 'status');
  box.after(button, told);
  button.addEventListener('click', () => {
    told.textContent = words.wait;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        box.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        told.textContent = '';
        box.focus();
      },
      () => { told.textContent = words.failed; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
