# Todo lo que dice el bot, salvo los ejercicios (exercises/<id>/es.md) y la tarjeta de la clínica (clinic.yaml).
#
# Los mensajes son HTML de Telegram: <b>, <i>, <code>; escribe &amp; por & y &lt; por <. El bot rellena lo que va entre
# llaves. Los botones, avisos y descripciones de comandos van sin etiquetas. Háblale de tú a una sola persona, con calidez
# y calma, en frases cortas y palabras que se entiendan en España y en América; sin nombrar diagnósticos ni prometer curas.

-bot = Lumbar

## Llegada

hello = Hola, { $name }.
hello-nameless = Hola.
greet =
    { $hello } Soy <b>{ -bot }</b>, el asistente de ejercicios de { $clinic }. Cada día, a la hora que elijas, te acompaño en una rutina corta para la zona lumbar, ejercicio por ejercicio.

    <b>Lo que no soy.</b> Soy un programa, no un profesional de la salud, y nada de lo que digo es un consejo médico. Pregunta a un profesional antes de empezar, sobre todo si hay un embarazo, una lesión, una operación u otra enfermedad.

    <b>Lo que guardo</b>, si estás de acuerdo: tu zona horaria, la hora de tu recordatorio y tus respuestas a los ejercicios. No las palabras que escribes. Más detalles: /privacy
greet-consent = Entiendo, empecemos
welcome-back =
    { $hello } Me alegra verte.

    { $reminders }
    /routine empieza los ejercicios, /help muestra todo lo demás.

## Zona horaria y hora del recordatorio

ask-zone =
    <b>¿Dónde estás?</b> Tus recordatorios siguen el reloj de ese lugar.

    Toca un lugar aquí abajo, escribe una ciudad o comparte tu ubicación (clip, luego Ubicación). De ella solo tomo la zona horaria.
ask-zone-unreadable =
    No encontré ese lugar. Prueba con una ciudad más grande que esté cerca, por ejemplo <i>Madrid</i>, o con el nombre de una zona, como <i>Europe/Madrid</i>.

    También puedes compartir tu ubicación (clip, luego Ubicación).
ask-zone-echo =
    <b>¿Es aquí donde estás?</b> Tócalo, y tus recordatorios siguen el reloj de ese lugar.

    Si no es, escribe la ciudad con su región o su país.
ask-zone-choices =
    Hay más de uno. <b>¿Cuál de estos lugares es?</b>

    Si no es ninguno, escribe la ciudad con su región o país, o comparte tu ubicación (clip, luego Ubicación).
zone-button = { $place } · { $time }
zone-keep = Dejar { $place } · { $time }

ask-time =
    <b>¿Cuándo te lo recuerdo?</b>

    Toca una hora o escríbela, por ejemplo <i>7:15</i> o <i>6 y media de la tarde</i>. También puedes escribir <i>de lunes a viernes a las 7:30</i>, o hasta tres horas al día: <i>8 de la mañana y 9 de la noche</i>.
# Alguien escribió una hora: no cambia nada hasta que la toque.
ask-time-echo =
    He leído: <b>{ $reminders }</b>. <b>¿Te aviso entonces?</b>

    Tócalo si es eso, o escribe otra hora.
ask-time-half =
    <b>¿De la mañana o de la tarde?</b>

    Toca la que quieres decir, o escribe otra, por ejemplo <i>7 de la tarde</i>.
# En una zona horaria nueva.
ask-moved =
    <b>¿Mantengo la hora del reloj en los avisos?</b> Así está ahora.

    También pueden llegar en el mismo momento que antes.
moved-keep = Dejar { $times } en { $place }
moved-same = Como antes: { $times } en { $place }
time-of-day = { $part ->
    [midnight] { $time } de la noche
    [small-hours] { $time } de la madrugada
    [noon] { $time } del mediodía
    [afternoon] { $time } de la tarde
    [evening] { $time } de la tarde
    [night] { $time } de la noche
   *[morning] { $time } de la mañana
 }
time-is-over = Esa hora ya pasó. Dime una más tarde, por ejemplo <i>en 20 minutos</i> o <i>a las 8 de la tarde</i>.
ask-time-unreadable = No pude leer ahí una hora. Escríbela así: <i>7:15</i>, <i>19:30</i> o <i>7 de la tarde</i>; hasta tres al día, y con días si quieres: <i>lun, mié y vie a las 18:00</i>.
# Quien llega puede probar los ejercicios antes de elegir hora.
start-first = Primero los ejercicios, la hora después
time-keep = Dejar { $time }

day-named = { $weekday } { $day } de { $month } de { $year }
clock = { $hour }:{ $minute }
weekday = { $number ->
    [1] lun
    [2] mar
    [3] mié
    [4] jue
    [5] vie
    [6] sáb
   *[7] dom
 }
month = { $number ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
 }
# El teléfono de la persona escribe la fecha y la hora a su manera; lo de dentro es para los que no saben hacerlo.
moment = <tg-time unix="{ $unix }" format="wDt">{ $weekday } { $day } de { $month }, { $time }</tg-time>
moment-today = <tg-time unix="{ $unix }" format="t">{ $time }</tg-time>
# Delante de una derivación, cuando el mensaje esperó porque el bot no estaba en marcha.
wrote-at = Hora a la que escribiste esto: { $moment }.
wrote-on = Fecha en que escribiste esto: { $moment }.

## Idioma

# Cómo se llama este idioma en él mismo: el botón para elegirlo, en todos los idiomas.
language-name = Español
ask-language =
    <b>¿En qué idioma te hablo?</b> Ahora es { $language }.

    También puedes pedirlo en cualquier momento: <i>¿puedes hablar español?</i>
language-chosen = <b>Desde ahora te hablo en español.</b> /language lo cambia.

## El horario

schedule =
    { $opening }

    { $daily }
    { $next }
daily = <b>{ $times }</b> ({ $place }).
reminder-times = { $days }: { $times }
reminder-times-short = { $days }: { $times }
reminder-days = { $kind ->
    [every] Cada día
    [working] De lunes a viernes
    [weekend] Sábados y domingos
   *[some] Cada { $days }
 }
list-and = { $items } y { $last }
schedule-hint = Si esa fecha u hora no cuadra en tu teléfono, la zona está mal: /timezone
schedule-all-set = <b>Todo listo.</b>
schedule-time-changed = <b>He cambiado tus avisos.</b>
schedule-zone-changed = <b>Tu zona horaria ha cambiado.</b>
schedule-resumed = <b>Tus recordatorios vuelven a estar activos.</b>
schedule-released =
    <b>Me alegra que hayas hablado con alguien.</b> Tu rutina está abierta otra vez, un paso más fácil: hasta que termines una, cada ejercicio viene en su forma más suave.

    Sigue lo que te dijeron, y detente si algo no va bien.
schedule-skipped = <b>Hoy no hay más recordatorios.</b> Descansar está bien.
schedule-left-out = <b>Entonces hoy no.</b> Hasta entonces no te recuerdo nada.
schedule-snoozed = <b>Más tarde, entonces.</b> Te lo recuerdo otra vez:
schedule-times-kept = <b>Tus avisos siguen como estaban.</b>
schedule-unchanged = <b>Tus recordatorios están activos.</b> No hay nada que reanudar.
next-reminder = Próximo recordatorio: { $moment }
next-held = No llega ningún recordatorio mientras tu rutina está detenida.
next-paused = Los recordatorios están en pausa. /resume los activa de nuevo.
next-paused-until = Los recordatorios están en pausa hasta el { $day }. /resume los activa antes.
next-unset = Todavía no hay recordatorio. /time pone uno.
start-now = Empezar ahora

settings =
    <b>Tus ajustes</b>

    { $reminders }
    { $follow_up }
    { $pictures }

    /time, /timezone y /pause cambian el recordatorio, /language el idioma.
settings-pictures = Los ejercicios vienen con una imagen en movimiento.
settings-text-only = Los ejercicios vienen solo como texto.
settings-follow-up = Si no has empezado después de { $minutes } minutos, pregunto una vez más, sin sonido.
settings-follow-up-off = Si no has empezado, no vuelvo a preguntar. Toca un tiempo aquí abajo y pregunto una vez más después.
follow-up-after = Preguntar a los { $minutes } min
follow-up-off = No volver a preguntar
settings-progress = Progreso y resumen semanal
pictures-off = Solo texto, para conexiones lentas
pictures-on = Volver a mostrar las imágenes

reminder = Es la hora de tu rutina. Bastan unos minutos.
reminder-missed = { $count ->
    [one] No estaba en marcha y no pude recordártelo la última vez.
   *[other] No estaba en marcha y no pude recordártelo las últimas { $count } veces.
}
follow-up = Hoy todavía hay tiempo. Bastan unos minutos, y un solo ejercicio también cuenta.
how-often =
    <b>¿Cada cuánto quieres que te lo recuerde?</b> Hace una semana que no nos vemos, y no pasa nada.

    Toca lo que te venga bien. Sin respuesta todo sigue igual, y no volveré a preguntar pronto. /routine funciona siempre.
rhythm-keep = Como ahora
rhythm-weekly = Una vez por semana
rhythm-pause = Hacer una pausa
rhythm-stop = Sin recordatorios
rhythm-kept = Bien, entonces todo sigue igual. /routine empieza los ejercicios cuando quieras.
reminders-off = Ya no llegan recordatorios. /resume los activa de nuevo, y /routine funciona siempre. /delete borra lo que se guarda de ti.
reminder-welcome = <b>Qué bueno verte de nuevo.</b> Tu pausa ha terminado.
reminder-easier = { $levels ->
    [one] Empezamos un nivel más fácil, para volver con suavidad.
   *[other] Empezamos { $levels } niveles más fácil, para volver con suavidad.
 }
reminder-start = Empezar
# Se lee en pantallas bloqueadas: ni una palabra de salud ni de la espalda. Los botones la responden.
reminder-morning = ¿Mejor, igual o peor que ayer?
morning-better = Mejor
morning-same = Igual
morning-worse = Peor
morning-told-better = Anotado: mejor que ayer
morning-told-same = Anotado: igual que ayer
morning-told-worse = Anotado: peor que ayer
bad-day = Mal día: un minuto
reminder-later = Más tarde
reminder-done = Ya lo hice
reminder-skip = Hoy no
later-minutes = { $minutes } min
later-typed = Otra hora
later-back = Volver
type-later = ¿Cuándo te lo recuerdo hoy otra vez? Escríbelo, por ejemplo <i>a las 8 de la tarde</i> o <i>en 2 horas</i>.

## Antes de la primera rutina: las preguntas de content/safety/screening.yaml

# El número que toca la persona es el lugar de la pregunta en su página.
screening-intro =
    <b>Antes de empezar, unas preguntas</b>, para que los ejercicios te hagan bien. Es un minuto.

    Toca el número de lo que te pase, o escríbelo. De tus respuestas guardo el número de tu dolor, y de qué tipo es una que me preocupa.
screening-page-emergency =
    <b>¿Te pasa algo de esto, hoy o últimamente?</b>

    { $questions }

    Si acaba de pasar, no me esperes: llama al <b>{ $emergency }</b>.
screening-page-urgent =
    <b>¿Y algo de esto?</b> Deja fuera lo que un profesional de la salud conoce y ve bien para hacer ejercicio.

    { $questions }
screening-page-pain = <b>¿Cuánto dolor tienes ahora, de 0 a 10?</b> 0 es sin dolor, 10 lo peor que puedas imaginar.
screening-page-weekly =
    <b>Una revisión rápida, como cada semana.</b> ¿Te pasa ahora algo de esto? Deja fuera lo que un profesional de la salud ya ha revisado desde entonces y ve bien para hacer ejercicio.

    { $questions }

    Si acaba de pasar, no me esperes: llama al <b>{ $emergency }</b>.
screening-line = <b>{ $number }</b>  { $question }
screening-unreadable = Toca un botón, o escribe su número o <i>ninguna</i>.
screening-none = Ninguna de estas
screening-s1 = No sentir bien la zona entre las piernas, o un cambio al orinar, al hacer caca o en las relaciones sexuales
screening-s2 = Las dos piernas con dolor, dormidas, con hormigueo o débiles, o una pierna que te falla
screening-s3 = Dolor en el pecho, falta de aire en reposo, o un desmayo
screening-s4 = En las últimas 6 semanas: un choque, una caída desde alto o un golpe fuerte que nadie ha revisado todavía
screening-s5 = Una caída o un golpe, con más de 65 años, con corticoides (cortisona) por mucho tiempo, o con huesos que, según te dijeron, son frágiles
screening-s6 = Fiebre, escalofríos o malestar general, o una operación o inyección en la columna en los últimos 3 meses
screening-s7 = Cáncer, ahora o en el pasado; bajar de peso sin querer; o un dolor que nunca afloja, ni de noche
screening-s8 = Una pierna que se ha vuelto débil, un pie que arrastra, o una zona dormida que no se quita
screening-s10 = Embarazo, o un parto en las últimas 12 semanas
screening-s11 = Una enfermedad del corazón o de los pulmones, la presión o tensión muy alta, o desmayos. O una arteria abombada (aneurisma), o una operación reciente
screening-s12 = Tener menos de 16 años
screening-s13 = Un profesional de la salud te dijo que no hagas ejercicio
screening-s14 = Pensamientos de hacerte daño (a esto no tienes que contestar)

## Un día que se deja: por qué, y qué hacer entonces

why = Si quieres, dime por qué. Así puedo proponerte lo que te venga mejor ahora.
why-week = Si algo se interpuso esta semana, dime qué fue, si quieres.
why-no-time = Sin tiempo
why-pain = Dolor
why-too-hard = Muy difícil
why-ill = Enfermedad
missing-no-time =
    <b>Un minuto también cuenta.</b> Un ejercicio pequeño, y el día está hecho.

    ¿Te vendría mejor otra hora? /time
ask-pain-now =
    <b>¿Cuánto dolor tienes ahora mismo, de 0 a 10?</b>

    0 es sin dolor, 10 lo peor que puedas imaginar.
missing-little-pain = <b>Qué bueno que sea poco.</b> Si te sientes con ganas, ahí está la rutina, y también el ejercicio pequeño. Descansar también está bien.
missing-some-pain =
    <b>Entonces hoy es mejor menos.</b> Un ejercicio pequeño, despacio y suave, o descansar: las dos cosas están bien.

    Si el dolor aumenta, o por la mañana no está mejor, pregunta a la clínica: /clinic
missing-ill =
    <b>Primero recupérate.</b> Tu rutina puede esperar. ¿Hago una pausa en los recordatorios? /resume los trae de vuelta antes.

    Si tienes fiebre y te duele la espalda, por favor habla hoy con un profesional de la salud: /clinic

## Los ejercicios

getting-down =
    <b>Primero, cómo bajar al suelo</b>

    { $text }
step =
    { $number } de { $count }
    { $name }

    <i>{ $picture }</i>

    <b>Inicio.</b> { $start }

    <b>Colócate</b>
    { $alignment }

    <b>Muévete.</b> { $movement }

    <b>Respira.</b> { $breathing }

    <b>Cuánto.</b> { $dose }

    <b>Evita.</b> { $avoid }

    <b>Detente si notas:</b> { $stop }
step-another-way =
    { $number } de { $count }
    { $name }

    <b>Inicio.</b> { $start }

    <b>Colócate</b>
    { $alignment }

    <b>Muévete.</b> { $movement }

    <b>Respira.</b> { $breathing }

    <b>Cuánto.</b> { $dose }

    <b>Evita.</b> { $avoid }

    <b>Detente si notas:</b> { $stop }
step-caption =
    { $number } de { $count } · { $name }

    { $short }

    <b>Cuánto.</b> { $dose }

    <b>Detente si notas:</b> { $stop }
step-short-another-way =
    { $short }
    <i>La imagen muestra la forma habitual.</i>
step-name-usual = <b>{ $name }</b>
step-name-easier = <b>{ $name }</b>, la forma más fácil
step-name-harder = <b>{ $name }</b>, la forma más difícil
step-done = Hecho
step-pain = Duele
step-skip = Saltar
step-stop = Parar
step-how-to = Cómo se hace
how-to =
    <b>{ $name }</b>
    { $purpose }

    <b>Inicio.</b> { $start }

    <b>Colócate</b>
    { $alignment }

    <b>Muévete.</b> { $movement }

    <b>Respira.</b> { $breathing }

    <b>Evita.</b> { $avoid }

    <b>Más fácil.</b> { $easier }

    <b>Más difícil.</b> { $harder }

    <b>Detente si notas:</b> { $stop }

    <b>Ten cuidado.</b> { $care }

    <b>En la imagen.</b> { $picture }

dose = { $times }.
dose-held = { $times }, { $hold }.
dose-times = { $repetitions ->
    [one] Una vez
   *[other] { $repetitions } veces
 }
dose-times-sides = { $repetitions } veces en total, { $each } a cada lado
dose-minutes = { $minutes ->
    [one] Un minuto
   *[other] { $minutes } minutos
 }
dose-breaths = { $breaths ->
    [one] manteniendo una respiración lenta cada vez
   *[other] manteniendo { $breaths } respiraciones lentas cada vez
 }
dose-seconds = { $seconds ->
    [one] manteniendo un segundo cada vez
   *[other] manteniendo { $seconds } segundos cada vez
 }

ask-pain =
    <b>¿Cuánto te duele, de 0 a 10?</b>

    0 es sin dolor, 10 lo peor que puedas imaginar.
ask-pain-unreadable = Dime un solo número de 0 a 10, por ejemplo <i>4</i>. 0 es sin dolor, 10 lo peor que puedas imaginar.
carry-on-gently = Anotado. Sigue con suavidad: más pequeño y más lento está bien.
leave-it-today = Anotado. Entonces este ejercicio descansa por hoy.
offer-easier =
    <b>Vamos a hacerlo más pequeño.</b> Hay una forma más fácil de este ejercicio.

    ¿Quieres probarla, o lo dejas por hoy?
offer-easier-try = Probar la forma fácil
offer-easier-leave = Dejarlo por hoy
offer-clinic =
    <b>Deja este ejercicio por hoy.</b> Un dolor así vale la pena hablarlo con alguien que pueda revisarte:

    { $clinic }

    Si te sientes con ánimo, puedes seguir suavemente con lo que viene. Parar está igual de bien.
offer-clinic-next = Seguir suavemente
offer-clinic-stop = Parar por hoy
session-left-over = Anotado. Esa rutina era de otro día, así que la cerré. /routine empieza la de hoy.
session-changed = Mientras tanto se retiró del programa un ejercicio de esta rutina, así que la cerré. /routine empieza una nueva.
session-stopped = Paramos por hoy, y está bien. /routine empieza de nuevo cuando quieras.

## El plan: los niveles de content/routines/lower-back.yaml, y por qué hoy toca esto

level-flare = Brote
level-flare-about = Descanso, movimientos muy pequeños y un paseo corto, hasta que tu espalda se calme.
level-settle = Calma
level-settle-about = Los cuatro ejercicios básicos, pocas veces cada uno, para acostumbrarte.
level-base = Base
level-base-about = Los mismos cuatro ejercicios, más veces.
level-build = Avance
level-build-about = Los primeros ejercicios de fuerza, y un paseo.
level-strong = Fuerza
level-strong-about = Fuerza para la espalda, las caderas y los costados.
level-keep = Constancia
level-keep-about = Tres días de fuerza por semana; en los demás, caminar y moverte con suavidad.

# Por qué los ejercicios de hoy son estos, uno por cada motivo de bot/domain/levels.py.
plan-start = Empezamos con un poco de cada ejercicio.
plan-steady = Lo mismo que la última vez. Cuando siga yendo bien, añado un poco.
plan-more-repetitions = Desde hoy, algunas repeticiones más: va yendo bien.
plan-longer-holds = Desde hoy, cada posición dura un poco más: va yendo bien.
plan-next-level = Desde hoy, un paso adelante: va yendo bien.
plan-amber = Hoy no añado nada: el último dolor que me dijiste fue { $rating } de 10.
plan-resting = Hoy solo cosas muy fáciles: tu dolor fue { $rating } de 10.
plan-after-flare = Un paso más fácil que antes: tu dolor había subido a { $rating } de 10.
plan-worse-mornings = Hoy más fácil: dos mañanas fueron peores que el día anterior.
plan-ambers-running = Hoy más fácil: tu dolor fue 4 o 5 de 10 tres veces seguidas.
plan-after-finding = Hoy más fácil, por lo que me contaste.
plan-away = Volvemos a empezar con suavidad: tu última rutina fue hace { $days } días.
plan-asked-easier = Hoy más fácil, como pediste.
plan-asked-harder = Hoy un poco más, como pediste.
plan-harder-waits = Pediste más. Hoy se queda como está: añado un poco una vez por semana como mucho, y después de días que fueron bien.
plan-nothing-harder = Pediste más. Esto es lo máximo que tiene el plan; si quieres ir más allá, háblalo con la clínica: /clinic
# Con qué empieza una sesión.
plan-today = <b>Hoy: { $level }.</b> { $reason }
minimum-intro = <b>Hoy es un mal día.</b> Un ejercicio pequeño, más o menos un minuto, y el día cuenta.
# Cuando el plan te manda a la clínica: una vez por semana con la tarjeta, entre medias en una línea.
plan-referral =
    <b>{ $reason }</b>

    Hasta entonces solo te muestro cosas muy fáciles. Si empeora, no esperes.

    { $card }
plan-refer-waiting = Solo cosas muy fáciles hasta que lo hayas hablado con la clínica: /clinic
plan-refer-flares = Dolor fuerte tres días en un mes: por favor, háblalo con la clínica.
plan-refer-no-gain = Seis semanas, y poco ha cambiado: por favor, háblalo con la clínica.

## El final de una sesión

praise-first = <b>Terminaste tu primera rutina.</b> Empezar es lo más difícil.
# Una frase tras otra, según cuántas rutinas se han terminado. Amable, sin prometer nada y sin contar lo que faltó.
praise-ordinary = { $variant ->
    [0] <b>Muy bien.</b> Esa es la rutina completa.
    [1] <b>Hecho por hoy.</b> Ya le tocó a tu espalda.
    [2] <b>Eso es todo por hoy.</b> Poco y seguido es lo que más puede ayudar.
   *[3] <b>Todo hecho.</b> Te tomaste el tiempo, y eso cuenta.
 }
praise-comeback = { $variant ->
    [0] <b>Qué bueno tenerte de vuelta.</b> Volver a empezar vale tanto como seguir.
    [1] <b>Ya estás de vuelta.</b> Todo el mundo hace pausas. Lo de hoy cuenta.
    [2] <b>De vuelta, y hecho.</b> Los días de antes de la pausa también siguen contando.
   *[3] <b>Te doy la bienvenida otra vez.</b> La primera rutina después de una pausa suele ser la más difícil, y ya la hiciste.
 }
praise-week = { $variant ->
    [0] <b>Una semana entera.</b> Cumpliste todos los días que tenías previstos.
    [1] <b>Con esto la semana está completa.</b> Todos los días previstos están hechos.
    [2] <b>Tu semana está llena.</b> La llevaste hasta el final.
   *[3] <b>Todos los días de esta semana están hechos.</b> Date un momento para disfrutarlo.
 }
praise-bad-day = { $variant ->
    [0] <b>Eso cuenta.</b> En un mal día basta con un ejercicio pequeño. Si te apetece, un paseo corto también está bien.
    [1] <b>Poco, y hecho.</b> En un día así es suficiente.
    [2] <b>Hiciste lo que el día permitía.</b> Cuenta como cualquier otro día.
   *[3] <b>Hecho, en un día difícil.</b> Ahora cuídate.
 }
praise-pain = { $variant ->
    [0] <b>Hecho, y prestaste atención a tu espalda.</b> Contarme que duele es parte de hacerlo bien.
    [1] <b>Eso es todo por hoy.</b> Dijiste lo que dolía, y eso me ayuda a elegir lo que sigue.
    [2] <b>Terminaste, con cuidado.</b> Ir despacio donde duele es lo correcto.
   *[3] <b>Ya está.</b> No fue una rutina cómoda. Ahora descansa, si quieres.
 }
# El día 7, el 30 y el 100.
praise-milestone = Este fue tu día número <b>{ $days }</b>.
praise-session =
    { $praise }

    { $count } de 7 días esta semana  { $marks }
    { $score }
    { $next }

    { $question }
praise-score = Constancia: { $score } de 100
praise-streak = Días seguidos: { $days }
ask-back = <b>¿Cómo sientes la espalda ahora, de 0 a 10?</b> 0 es sin dolor, 10 lo peor que puedas imaginar.
ask-back-again = Dime un solo número de 0 a 10, por ejemplo <i>2</i>: ¿cómo sientes la espalda? 0 es sin dolor, 10 lo peor que puedas imaginar.
you-are-welcome = De nada. Hasta la próxima.
see-you = Entonces es todo por hoy. Hasta la próxima.
thanks-low = Anotado, gracias. Hasta la próxima.
thanks-some = Anotado, gracias. Una pequeña molestia suele calmarse para la mañana siguiente. Si para entonces no se ha calmado, haz más pequeña la próxima rutina, o pregunta a la clínica: /clinic

ask-wish = ¿Fue muy difícil, justo lo adecuado o muy fácil?
wish-easier = Muy difícil
wish-right = Está bien así
wish-harder = Muy fácil
wish-easier-noted = Anotado. Desde mañana lo hago más fácil donde puedo. En cualquier ejercicio también puedes escribir <i>más fácil</i>.
wish-harder-noted = Anotado. Añado un poco en cuanto tus días lo permitan, una vez por semana como mucho.
wish-right-noted = Es bueno saberlo, gracias.

mark-done = ●
mark-open = ○

progress-none = Todavía no hay nada que mostrar, y así empieza todo el mundo. Un día cuenta cuando llegas al final de la rutina: /routine
progress =
    <b>Tu rutina</b>

    { $week }
    { $total }
progress-total = { $count ->
    [one] En total: un día
   *[other] En total: { $count } días
 }
progress-week-none = Esta semana: todavía por hacer
progress-week = Esta semana: { $count ->
    [one] un día
   *[other] { $count } días
 } ({ $days })
progress-earlier = Las tres semanas anteriores, primero la última: { $last }, { $second } y { $third } días
progress-score = Constancia: { $score } de 100. Un día hecho la sube, y un día sin hacer le quita poco.
progress-streak = Días seguidos: { $days }. Dos días sin hacer al mes no rompen la serie; este mes te quedan { $freezes }.
progress-level = Nivel: { $level }
progress-minutes = { $minutes ->
    [one] Un minuto de rutina en estas diez semanas
   *[other] { $minutes } minutos de rutina en estas diez semanas
 }
progress-ratings = Dolor después de tus últimas rutinas, de 0 a 10: { $ratings }
progress-yesterday = Ayer también la hice
progress-preferences = Cambiar lo que veo
yesterday-noted = Anotado: ayer cuenta como hecho. Gracias por decírmelo.
# Un día corregido después, en el calendario de la Mini App.
day-in-full = { $weekday } { $day } de { $month }
weekday-long = { $number ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
 }
day-corrected-done = Anotado: el { $day } ahora cuenta como hecho.
day-corrected-not-done = Anotado: el { $day } ya no cuenta como hecho. Si ese día me hablaste de dolor, eso se queda.
day-corrected-pain = Anotado para el { $day }: { $ratings }.
rating-before = dolor antes { $rating } de 10
rating-during = el máximo durante { $rating } de 10
rating-after = después { $rating } de 10
day-corrected-careful = Por si acaso, tu plan sigue con el mismo cuidado que antes.
today-noted = Anotado: hoy cuenta como hecho. Muy bien, y por hoy no queda nada más.

# En la imagen de /progress; texto sin etiquetas.
chart-title = Tus últimas diez semanas
chart-dates = Del { $first } al { $last }
chart-date = { $day } de { $month } de { $year }
chart-week = { $day } { $month }
month-short = { $number ->
    [1] ene
    [2] feb
    [3] mar
    [4] abr
    [5] may
    [6] jun
    [7] jul
    [8] ago
    [9] sep
    [10] oct
    [11] nov
   *[12] dic
 }
chart-percent = { $score } %
chart-score = Constancia
chart-level = Nivel
chart-level-unknown = –
chart-minutes = Minutos
chart-days = Días hechos
chart-streak = Días seguidos
chart-done = hecho, en minutos
chart-missed = sin hacer
chart-frozen = pausa o espera
chart-pain = Dolor, de 0 a 10
chart-before = antes de la rutina
chart-during = el máximo durante
chart-after = después
chart-no-pain = Todavía no hay valores.

preferences =
    <b>Tu progreso</b>

    { $streak }
    { $look }
    { $weekly }
preferences-streak = Cuento los días seguidos.
preferences-streak-off = No cuento los días seguidos.
preferences-dark = Las imágenes son oscuras.
preferences-light = Las imágenes son claras.
preferences-weekly = Un breve resumen llega una vez por semana, el { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
 }, por la tarde. Toca otro día para cambiarlo.
preferences-weekly-off = No llega ningún resumen semanal. Toca un día si lo quieres.
prefer-streak = Contar los días seguidos
prefer-streak-not = No contar los días seguidos
prefer-dark = Imágenes oscuras
prefer-dark-not = Imágenes claras
weekly-off = Sin resumen semanal

# /report: dos páginas para un profesional. Todo salvo el pie y la disculpa va en papel: texto sin etiquetas.
report-caption = Dos páginas para tu profesional de salud, con los días, los ejercicios y los valores de las últimas doce semanas. Hay una línea para tu nombre: yo no lo sé.
report-failed = Lo siento, esta vez no he podido dibujar el informe. Prueba otra vez con /report dentro de un rato.
report-title = Ejercicio en casa para la zona lumbar: informe
report-period = Del { $first } al { $last }
report-name = Nombre
report-birth = Fecha de nacimiento
report-note =
    Contado por la persona a un programa de chat, día a día; nadie lo ha comprobado.
    Los valores van de 0 (sin dolor) a 10. Este informe cuenta lo que se dijo: no juzga nada y no es un diagnóstico.
report-days =
    días hechos /
    días previstos
report-score =
    constancia (los días
    recientes pesan más)
report-finished =
    rutinas
    terminadas
report-unfinished =
    rutinas empezadas,
    sin terminar
report-minutes =
    minutos
    en total
report-weeks = Días hechos y previstos, por semana
report-exercises = Ejercicios
report-findings = Señales de alarma que notó el programa
report-levels = Nivel del programa
report-stops = Pausas y esperas
report-head-exercise = Ejercicio
report-head-done = hecho
report-head-easier = en fácil
report-head-pain = con dolor
report-head-peak = dolor máximo
report-head-skipped = omitido
report-head-date = Día
report-head-urgency = Urgencia
report-head-category = Categoría
report-head-since = Desde
report-head-level = Nivel
report-head-from = Desde
report-head-to = Hasta
report-head-kind = Qué
report-tier-emergency = emergencia
report-tier-urgent = urgente
report-tier-referral = derivación
report-pause = en pausa por la persona
report-hold = en espera por seguridad, por el programa
report-still = sigue así
report-none = Ninguno en estas semanas.
report-more = { $count ->
    [one] y uno más, anterior
   *[other] y { $count } más, anteriores
 }
report-page = Página

# Una vez por semana. Amable, sea como haya sido la semana; nunca cuenta lo que faltó.
weekly =
    <b>Tu semana</b>

    { $praise }
    { $count ->
        [0] Esta semana sigue abierta.
        [one] Hecha en uno de los últimos siete días.
       *[other] Hecha en { $count } de los últimos siete días.
    }
    Constancia: { $score } de 100.
weekly-all = { $variant ->
    [0] Todos los días previstos. Bien hecho.
    [1] Una semana entera, de principio a fin.
    [2] Ni un día sin hacer. Has cuidado bien tu espalda.
   *[3] Has cumplido cada uno de tus días. Eso tiene mérito.
 }
weekly-some = { $variant ->
    [0] Qué bien que hayas seguido.
    [1] Cada uno de esos días cuenta.
    [2] Has sacado tiempo para tu espalda, y eso es lo que necesita.
   *[3] Paso a paso: así funciona.
 }
weekly-none = { $variant ->
    [0] Hay semanas así. Qué bien que estés aquí.
    [1] Una semana tranquila. Puedes volver a empezar cualquier día.
    [2] Quizá la vida se cruzó en el camino. No se ha perdido nada.
   *[3] Da igual cómo fue la semana pasada: la próxima rutina empieza de nuevo.
 }
weekly-try-more-pain = Una observación: tus valores fueron más altos que en las semanas anteriores. Ve con suavidad y elige la forma más fácil. Si sigue así, háblalo con la clínica: /clinic
weekly-try-weekday = Una idea: el { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
 } suele ser un día lleno para ti. ¿Te vendría mejor otra hora? /time
weekly-try-keep = Una idea: no cambies nada. Lo que haces ahora te funciona.
weekly-try-habit = Una idea: haz la rutina justo después de algo que haces cada día, como lavarte los dientes.
weekly-try-short = Una idea: empieza solo con el primer ejercicio. Unos minutos bastan para volver a empezar.

## La clínica y la seguridad

clinic-card =
    <b>{ $name }</b>
    Teléfono: { $display } · { $phone }
    Dirección: <a href="{ $map }">{ $address }</a>
    Horario: { $hours }
clinic =
    { $card }

    En una emergencia no esperes a la clínica: llama al <b>{ $emergency }</b>.
# Debajo de la imagen con nombre, número y horario que sigue a una derivación.
clinic-caption = Para llamar: <b>{ $name }</b>, { $display }
clinic-copy = Copiar teléfono
clinic-map = Abrir mapa
clinic-book = Reservar en línea
number-copy = Copiar { $number }
spoken = Ya hablé con alguien
cleared = Tengo permiso de un profesional

# Una derivación dice primero qué hacer, no afirma de más, y no pasa de 60 palabras antes de la tarjeta de la clínica.
refer-emergency =
    <b>Llama al { $emergency } ahora</b>, o al número de emergencias de tu zona. No conduzcas tú.

    Lo que describes puede necesitar ayuda enseguida. Si puedes, que alguien se quede contigo.
refer-emergency-held = He detenido los ejercicios y tus recordatorios.
refer-emergency-clinic = Cuando estés a salvo, tu clínica está aquí:
refer-urgent =
    <b>Habla hoy con la clínica o tu médico</b>, antes de hacer más ejercicio.

    Lo que describes puede necesitar una revisión pronto. Si empeora, una pierna pierde fuerza o dejas de sentir la zona entre las piernas, llama al <b>{ $emergency }</b>.
refer-urgent-advice = ¿No contestan? Llama al <b>{ $advice }</b>.
refer-urgent-held = Tu rutina espera hasta que hables con alguien.
refer-referral =
    <b>Por favor, habla con la clínica</b> antes de tus próximos ejercicios.

    Gracias por decírmelo. Puede valer la pena que lo vea alguien que pueda revisarte. Si empeora, no esperes.
refer-open =
    <b>Por favor, habla con la clínica</b> sobre esto, y deja fuera lo que lo provoque.

    Gracias por decírmelo. Puede valer la pena que lo vea alguien que pueda revisarte. Si empeora, no esperes.
refer-cleared-held = Los ejercicios esperan hasta que un profesional de la salud diga que son adecuados para ti.
refer-young =
    <b>Estos ejercicios son para personas de 16 años o más.</b> Pregunta a tus padres, y a un médico o a la clínica, qué es lo adecuado para ti.

    Si se te fue el dedo: /delete borra todo y puedes empezar de nuevo.
refer-again = Es la segunda vez en una semana. <b>Por favor, pide una cita.</b>
refer-again-online = Es la segunda vez en una semana. <b>Por favor, pide una cita</b>, por teléfono o en línea.
refer-referral-held = Tu rutina espera hasta que hables con alguien.
refer-suicide =
    <b>Por favor, llama al { $crisis } ahora.</b> Allí alguien te escucha, de día o de noche.

    Me alegra que me lo hayas dicho. Si puedes estar en peligro, llama al <b>{ $emergency }</b>. Si puedes, cuéntaselo a alguien cercano y quédate con esa persona.
refer-suicide-no-line =
    <b>Por favor, llama al { $emergency } ahora</b>, o a una línea de ayuda de tu zona. Mereces que una persona te escuche.

    Me alegra que me lo hayas dicho. Si puedes, cuéntaselo a alguien cercano y quédate con esa persona.
refer-suicide-held = Mientras tanto no te enviaré recordatorios.

hold = <b>Tu rutina está detenida</b>, por lo que me contaste. Por favor, habla primero con la clínica o con tu médico.
hold-cleared = <b>Tu rutina espera</b>, por lo que me contaste. Por favor, pregunta a la clínica o a tu médico si estos ejercicios son adecuados para ti en este momento.
hold-young = <b>Estos ejercicios son para personas de 16 años o más.</b> Si se te fue el dedo: /delete borra todo y puedes empezar de nuevo.
hold-emergency = <b>Tu rutina está detenida</b>, por lo que me contaste. Si nadie lo ha atendido, llama ahora al <b>{ $emergency }</b> o al número de emergencias de tu zona, y no conduzcas tú.
hold-suicide = <b>Tu rutina puede esperar.</b> Puedes llamar al <b>{ $crisis }</b> en cualquier momento y hablar con alguien que te escuche. En peligro, llama al <b>{ $emergency }</b>.
hold-suicide-no-line = <b>Tu rutina puede esperar.</b> Mereces que una persona te escuche: alguien cercano, un médico o una línea de ayuda de tu zona. En peligro, llama al <b>{ $emergency }</b>.
hold-tell = Cuando hayas hablado con alguien, dímelo con el botón de abajo.
hold-tell-cleared = Cuando te digan que sí, dímelo con el botón de abajo.

# Se pregunta al día siguiente de algo grave, luego a los tres días, luego cada semana, hasta que la persona diga que sí.
check-in =
    <b>¿Cómo estás hoy?</b> He mantenido tu rutina detenida, por lo que me contaste.

    ¿Has podido hablar de esto con alguien?
check-in-suicide =
    <b>He estado pensando en ti.</b> ¿Cómo estás hoy?

    ¿Has podido hablar con alguien? Puedes llamar al <b>{ $crisis }</b> a cualquier hora, y en peligro al <b>{ $emergency }</b>.
check-in-suicide-no-line =
    <b>He estado pensando en ti.</b> ¿Cómo estás hoy?

    ¿Has podido hablar con alguien? Puede escucharte alguien cercano, un médico o una línea de ayuda de tu zona. En peligro, llama al <b>{ $emergency }</b>.
check-in-yes = Sí, ya hablé
check-in-not-yet = Todavía no
not-yet = <b>Está bien, y no es demasiado tarde.</b> Por favor, llama hoy: no tiene que ser una conversación larga. Tu rutina está detenida hasta entonces, y te volveré a preguntar en unos días.
not-yet-emergency =
    <b>Por favor, no lo dejes pasar.</b> Si lo que me contaste sigue ahí, o volvió, llama ahora al <b>{ $emergency }</b> o al número de emergencias de tu zona, y no conduzcas tú.

    Si ya pasó, habla hoy igualmente con la clínica o con tu médico. Tu rutina está detenida hasta entonces, y te volveré a preguntar en unos días.
not-yet-suicide =
    <b>Gracias por contestar.</b> Empezar puede ser difícil. Puedes llamar al <b>{ $crisis }</b> a cualquier hora; alguien te escuchará, y no hace falta que sepas qué decir.

    En peligro, llama al <b>{ $emergency }</b>. Si puedes, quédate con alguien de confianza. Te volveré a preguntar.
not-yet-suicide-no-line =
    <b>Gracias por contestar.</b> Empezar puede ser difícil. Puede escucharte alguien de confianza, un médico o una línea de ayuda de tu zona, y no hace falta que sepas qué decir.

    En peligro, llama al <b>{ $emergency }</b>. Si puedes, no te quedes a solas. Te volveré a preguntar.

## El chat de la propia clínica, si lo tiene

ask-staff =
    <b>Una pregunta más.</b> Si alguna vez me escribes algo urgente, ¿puedo avisar al equipo de { $clinic } para que te atienda?

    Verían lo urgente que parece, de qué tipo es y un enlace a ti; nunca tus palabras. Además tendrás un código: solo si tú se lo dices pueden consultar cómo te va. Puedes cambiarlo cuando quieras: /privacy
staff-yes = Sí, avísales
staff-no = No, que quede entre nosotros
staff-told = Anotado. Solo algo urgente, y nunca tus palabras. Pero no les esperes: puede que no lo vean enseguida.
staff-not-told = Anotado. No se lo digo a nadie.
privacy-staff-told = <b>El equipo de { $clinic }</b> recibe aviso de algo urgente, sin tus palabras, porque estuviste de acuerdo.
privacy-staff-not-told = <b>El equipo de { $clinic }</b> no recibe aviso de algo urgente.
staff-notice =
    <b>{ $tier }</b>: { $flag }
    { $moment }
    <a href="tg://user?id={ $person }">La persona en Telegram</a>
staff-emergency = Emergencia
staff-urgent = Urgente
staff-cauda-equina = entre las piernas, vejiga, intestino o las dos piernas
staff-neuro = nervios: debilidad, falta de sensibilidad o señales en la cabeza
staff-fall-injury = una caída o un golpe
staff-fracture = quizá una fractura
staff-cardiac = corazón o respiración
staff-abdominal = vientre o aorta
staff-infection = señales de una infección
staff-cancer = con antecedentes o señales de cáncer
staff-suicide = ideas de suicidio o de hacerse daño
staff-pregnancy = en el embarazo
staff-severe-pain = dolor muy fuerte

# El código de una persona, con el que el equipo la encuentra; solo lo tiene quien dio su permiso.
privacy-staff-code =
    <b>Tu código para el equipo: { $code }</b> Quien lo conozca de ellos puede consultar cuántos días hiciste tu rutina, tu nivel y tus valoraciones del dolor, y qué tipos de señales de alarma noté; nunca tus palabras. Un código nuevo deja el anterior sin efecto.
staff-code-new = Quiero un código nuevo

# Lo que reciben los pacientes de un mensaje a muchos; lo escribió el equipo.
broadcast =
    <b>{ $clinic }</b>

    { $text }
# Ante un enlace que ya no abre nada; sigue el saludo de siempre.
invitation-over = Ese enlace de invitación ya no es válido, pero eres igual de bienvenido. Si echas en falta algo que la clínica te había preparado, pídele un enlace nuevo.

# Lo que sigue lo lee el equipo de la clínica, en el chat de STAFF_CHAT_ID.
clinic-help =
    <b>Lo que puedo hacer en este chat</b>
    /stats – cómo les va a todos en conjunto
    /who CÓDIGO – cómo le va a quien te dijo su código

    Para administradores de este chat:
    /broadcast – escribir a muchos, tras una vista previa
    /invite – un enlace y una imagen QR que invitan a un paciente

    Todo lo que se hace aquí queda anotado: quién, qué y cuándo.
clinic-command-stats = Cómo les va a todos en conjunto
clinic-command-who = Cómo le va a alguien, por su código
clinic-command-broadcast = Escribir a muchos, tras una vista previa
clinic-command-invite = Un enlace y una imagen QR que invitan
clinic-refused = Solo los administradores de este chat pueden hacer eso.
clinic-stranger = No pude ver que seas miembro de este chat. Si lo eres, hazme administrador aquí y escribe con tu propio nombre, no de forma anónima.
clinic-unsure = No pude averiguar en Telegram quién eres en este chat, así que no hice nada. Inténtalo otra vez, por favor.
clinic-failed = Perdona, algo falló por mi parte y no se hizo nada. Inténtalo otra vez, por favor.

clinic-hidden = –
clinic-few = menos de { $count }
clinic-part = { $label }: { $count }
clinic-stats =
    <b>Personas: { $people }</b>
    { $standings }

    <b>Días hechos, de los previstos en cuatro semanas</b>
    { $shares }

    <b>Personas con señales de alarma en cuatro semanas, por la más grave</b>
    { $tiers }

    <b>Mensajes del último día</b>
    Enviados: { $sent }; rechazados: { $refused }; fallidos: { $failed }
    <b>Recordatorios del último día</b>
    { $lateness }
    Recordatorios que no llegaron en cuatro semanas: { $missed }

    <i>{ $note } { $counted }</i>
clinic-stats-of = { $date }: { $people } personas
clinic-stats-note = – : no se dice. Los grupos de menos de { $count } personas no se desglosan.
clinic-stats-counted = Contado el { $date }. Vuelvo a contar un día después, para que dos miradas no hablen de nadie.
clinic-standing-active = activas en 14 días
clinic-standing-inactive = inactivas 14 días
clinic-standing-new = nuevas, ninguna rutina aún
clinic-standing-resting = en pausa o en espera
clinic-standing-left = bloquearon el bot
clinic-share-0 = menos del 25 %
clinic-share-1 = del 25 al 49 %
clinic-share-2 = del 50 al 74 %
clinic-share-3 = 75 % y más
clinic-tier-emergency = emergencia
clinic-tier-urgent = urgente
clinic-tier-referral = derivación
clinic-within-10-seconds = en 10 s
clinic-within-a-minute = en un minuto
clinic-within-5-minutes = en 5 minutos
clinic-late = más tarde
clinic-chart-people = Personas
clinic-chart-shares = Días hechos, de los previstos en cuatro semanas
clinic-chart-findings = Personas con señales de alarma en cuatro semanas, por la más grave
clinic-chart-lateness = Recordatorios del último día

clinic-who-nobody = Nadie tiene este código, o no ha dado permiso para la consulta. Un código tiene ocho signos, como <code>K7QM-4XRD</code>; cada persona encuentra el suyo en /privacy.
clinic-who =
    <b>La persona con este código, en doce semanas</b>
    Días hechos, de los previstos: { $done } de { $due }
    Constancia: { $score } de 100
clinic-who-routines = Rutinas terminadas: { $finished }; empezadas sin terminar: { $unfinished }
clinic-who-level = Nivel: { $level }
clinic-who-pain = Dolor más alto de un día, de 0 a 10: { $first } al principio, { $last } al final, { $most } como mucho
clinic-who-findings = Señales de alarma que notó el programa, sin comprobar por nadie:
clinic-who-finding = { $tier }, { $flag }: { $count } ×, la última el { $day } de { $month }
clinic-who-no-findings = No se notaron señales de alarma.
clinic-who-held = En espera por seguridad.
clinic-who-paused = En pausa por decisión de la persona.

# Palabras de la primera línea de una orden, separadas por espacios; también cuentan los nombres de idiomas y niveles.
clinic-words-active = activas activos activo activa
clinic-words-once = única único
clinic-words-many = ilimitada ilimitado muchas muchos
clinic-words-uses = personas persona usos uso veces vez
clinic-words-days = días dias día dia
clinic-broadcast-help =
    Escribe el mensaje después de la orden, en las líneas que quieras:

    <code>/broadcast
    La clínica cierra mañana.</code>

    Para quién es puede ir junto a la orden (<code>/broadcast es activos</code>) o elegirse debajo de la vista previa.
clinic-broadcast-too-long = Es demasiado largo: como mucho { $count } caracteres, por favor.
clinic-broadcast-too-old = Este borrador tiene más de un día. Escríbelo otra vez, por favor.
clinic-broadcast-preview = <b>Así se verá.</b> Elige para quién es.
clinic-broadcast-ask = <b>¿Enviarlo ahora?</b> Lo que ha salido no se puede retirar.
clinic-broadcast-to = Para: { $people } personas ({ $segment }). Nadie que esté en pausa, en espera o me haya bloqueado; de noche, de 22 a 7, espera.
clinic-broadcast-all = todas
clinic-broadcast-active = activas en 14 días
clinic-broadcast-ready = Enviar…
clinic-broadcast-send = Sí, enviar
clinic-broadcast-back = Todavía no
clinic-broadcast-discard = Descartar
clinic-broadcast-going =
    <b>El envío { $number } está saliendo.</b>
    Enviados: { $sent }; en espera, de lo visto hasta ahora: { $waiting }; sin llegar: { $lost }
clinic-broadcast-night =
    <b>El envío { $number } espera a que amanezca para algunos.</b>
    Enviados: { $sent }; durmiendo: { $waiting }; sin llegar: { $lost }
clinic-broadcast-sent =
    <b>El envío { $number } ha salido.</b>
    Enviados: { $sent }; sin llegar: { $lost }
clinic-broadcast-cancelled =
    <b>El envío { $number } está cancelado.</b>
    Enviados antes: { $sent }; ya no se envían: { $lost }
clinic-broadcast-show = ¿Cómo va?
clinic-broadcast-stop = Detenerlo

clinic-invite-choose =
    <b>Una invitación.</b> ¿Qué debe traer consigo?

    De arriba abajo: idioma, hora del recordatorio, para cuántas personas, por cuánto tiempo. Con palabras: <code>/invite es 07:30 única 14 días</code>
clinic-invite-unread = No entendí: { $words }
clinic-invite-asked = Cualquier idioma
clinic-invite-no-time = Cualquier hora
clinic-invite-uses = { $count ->
    [one] una persona
   *[other] { $count } personas
 }
clinic-invite-many = quien sea
clinic-invite-days = { $count ->
    [one] un día
   *[other] { $count } días
 }
clinic-invite-make = Crear el enlace
clinic-invite-made =
    <b>Una invitación</b>
    { $url }

    Trae consigo: { $brings }
    Para: { $uses }
    Hasta: { $ends }

    Muestra la imagen, imprímela o pasa el enlace.
clinic-invite-nothing = nada, el bot lo pregunta todo
clinic-invite-withdraw = Retirarla
clinic-invite-withdrawn = Esa invitación ya no abre nada. Quien entró con ella se queda.

## Respuestas a los comandos y a lo que no se entiende

help =
    Te guío en tu rutina y te la recuerdo a las horas que elijas. Debajo de cada ejercicio, toca un botón o escribe: <i>hecho</i>, <i>duele</i>, <i>saltar</i>, <i>parar</i>. Si un día todo es demasiado, escribe <i>mal día</i>: entonces basta con un ejercicio.

    { $commands }

    Soy un programa y no puedo saber qué te pasa. Si algo te preocupa: /clinic
help-line = /{ $command }: { $description }
paused =
    <b>Los recordatorios están en pausa.</b> /resume los activa de nuevo; /routine funciona siempre.

    ¿Quieres que vuelvan solos? Toca cuánto tiempo, o escríbelo: <i>hasta el lunes</i>, <i>hasta el 3 de agosto</i>, <i>por diez días</i>.
paused-until = <b>Los recordatorios están en pausa hasta el { $day }.</b> Ese día vuelven solos; /resume los activa antes, y /routine funciona siempre.
pause-3 = Tres días
pause-7 = Una semana
pause-14 = Dos semanas
pause-30 = Un mes
pause-end-unreadable = No puedo hacer una pausa hasta entonces. Dime un día desde mañana, dentro de un año: por ejemplo <i>pausa hasta el lunes</i> o <i>pausa por diez días</i>.
privacy =
    <b>Lo que se guarda.</b> El número de este chat, tu idioma, cuándo diste tu acuerdo, tu zona horaria y las horas de los recordatorios, lo que elegiste en los ajustes y el enlace por el que llegaste; dónde está nuestra conversación; qué días te lo recordé, o lo hiciste sin mí, y desde cuándo hasta cuándo hiciste una pausa; cuándo pasaste las preguntas antes de los ejercicios; cada ejercicio que contestaste, cuándo, con su dosis, tu respuesta y tu número; el nivel de cada sesión, y si te pareció muy difícil o muy fácil; tu dolor antes de ella, y cómo estaba tu espalda comparada con el día anterior. Si un mensaje o una respuesta suena a que necesitas ayuda: lo urgente que parece, de qué tipo y qué regla lo notó. Si el equipo de la clínica miró cómo te va: cuándo.

    <b>Lo que no.</b> Las palabras que escribes. Un programa las lee una vez, para contestarte y para notar señales de alarma. Una ubicación que compartes se vuelve zona horaria y se olvida.

    <b>Quién puede leerlo.</b> Las personas que llevan este bot para { $clinic }. No se pasa a nadie más. Telegram transporta este chat y guarda sus mensajes, según sus propias reglas.

    <b>Por cuánto tiempo.</b> Hasta que lo borres, o hasta que pasen { $months } meses sin saber de ti: entonces se borra todo. Te aviso { $days } días antes, aquí en este chat.

    <b>Es tuyo en todo momento.</b> /export te lo envía todo, /delete lo borra todo.
export-caption = Todo lo guardado sobre ti, en un archivo ZIP: en tablas (CSV) que abre una hoja de cálculo, y en JSON para otros programas. Las palabras que escribiste no están, porque no se guardan.
ask-erase =
    <b>¿Borrar todo lo guardado sobre ti?</b>

    Tus ajustes, tus rutinas y tus números se van y no se pueden recuperar. /export te da antes una copia. Toca uno de los botones.
erase-yes = Borrar todo
erase-no = Conservar mis datos
erased = Todo lo guardado sobre ti está borrado. Los mensajes de este chat siguen en Telegram hasta que los borres. /start empieza de nuevo.
# Para alguien de quien no se sabe nada desde hace mucho; lo que escriba o toque después lo conserva todo.
farewell =
    Hace mucho que no sé de ti. El { $date } borraré todo lo guardado sobre ti: tus ajustes, tus rutinas y tus números.

    Si quieres conservarlo, escríbeme algo antes de ese día, o toca /progress. Para borrarlo ya: /delete
erase-declined = No se borró nada.
media-sticker = Qué simpático. Pero solo leo palabras, y botones.
media-voice = No puedo escuchar mensajes de voz, y aquí nadie más los escucha. Si se trata de dolor o de cómo te sientes, por favor escríbelo: leo cada palabra. En una emergencia llama ya al <b>{ $emergency }</b>. La clínica: /clinic
media-picture = No puedo ver fotos ni videos, y aquí nadie más lo hace. Por favor, escríbelo. Si es urgente: /clinic
media-contact = No he guardado ese contacto: no lo necesito. Si buscas la clínica: /clinic
media-poll = No puedo votar ni marcar nada. Si quieres contarme algo, por favor escríbelo. Si es urgente: /clinic
media-other = Solo leo palabras, y botones. Por favor, escríbelo. Si es urgente: /clinic
unknown-command = No conozco ese comando. /help muestra los que conozco.
edit-taken = Gracias, lo he corregido. Seguimos donde estábamos.
edit-kept = Eso queda como lo leí primero, para más seguridad. Si fue un desliz del dedo, dilo cuando hables con la clínica: /clinic
edit-not-read = Solo puedo corregir tu última respuesta, y solo por otra respuesta. Nada ha cambiado. Si ahora quieres decir otra cosa, envíala en un mensaje nuevo.
unknown-text = No entendí eso. /routine muestra tus ejercicios, /time cambia tu recordatorio, /help dice lo que sé hacer. Si algo te preocupa: /clinic
unknown-text-step = No entendí eso. Toca un botón debajo del ejercicio, o escribe <i>hecho</i>, <i>duele</i>, <i>saltar</i>, <i>parar</i> o <i>cómo se hace</i>. Si algo te preocupa: /clinic
group-notice = Trabajo en chats privados, donde nadie más lee.
group-open = Abrir un chat privado
apology = Perdona, algo falló de mi lado y tu último mensaje no tuvo efecto. Por favor, envíalo de nuevo. Si era urgente, no me esperes: llama a la clínica al { $display }, o al <b>{ $emergency }</b>.

## La Mini App: la página que se abre dentro de Telegram. Sin etiquetas; lo que va entre llaves lo rellena la página.

# En los botones del chat que abren una de sus páginas.
open-progress = Abrir el calendario
open-settings = Abrir la página de ajustes

app-name = { -bot }
app-tab-today = Hoy
app-tab-progress = Progreso
app-tab-exercises = Ejercicios
app-tab-settings = Ajustes
app-back = Volver
app-close = Cerrar
app-again = Probar otra vez
app-saved = Hecho. El chat también lo dice.
app-never = Nunca

app-failure-offline-title = Sin conexión
app-failure-offline = No llego al bot. No se pierde nada: prueba otra vez cuando tengas conexión.
app-failure-expired-title = Abre esta página de nuevo
app-failure-expired = Por tu seguridad funciona durante una hora. Ciérrala y ábrela desde el chat.
app-failure-not-started-title = Empieza en el chat
app-failure-not-started = Cierra esta página y pulsa Iniciar en el chat. Cuando hayas aceptado allí, tus días aparecerán aquí.
app-failure-busy-title = Un momento
app-failure-busy = Eso fue mucho de golpe. Espera un momento y prueba otra vez.
app-failure-broken-title = Eso no funcionó
app-failure-broken = Algo falló de mi lado y no se cambió nada. Prueba otra vez, por favor. Si es urgente, llama a la clínica.

app-today-level = Hoy: { $level }
app-today-done = Por hoy, hecho
app-this-week = Esta semana
app-plan = Tus ejercicios
app-about-minutes = Unos { $minutes } min
app-start = Empezar · { $minutes } min
app-start-again = Una vez más
app-go-on = Seguir en el chat
app-to-the-chat = Al chat
app-started = Sigue en el chat.
app-bad-day = Mal día: un minuto
app-ask-yesterday = Ayer quedó sin anotar. ¿Hiciste tus ejercicios sin mí?
app-yesterday-done = Sí, los hice
app-next-reminder = Próximo recordatorio: { $when }
page-set-up-first = Falta un lugar o una hora para tu recordatorio. Dímelo en el chat, o elígelo en Ajustes.
page-hold-tell = Cuando hayas hablado con alguien, dímelo en el chat.
page-hold-tell-cleared = Cuando te digan que sí, dímelo en el chat.
page-paused = Los recordatorios están en pausa. Puedes hacer ejercicio cuando quieras.

app-exercises-about = Cómo se hace cada uno, con su forma más fácil y la más difícil.
app-exercises-others = Otros
app-part-start = Inicio
app-part-alignment = Colócate
app-part-movement = Muévete
app-part-breathing = Respira
app-part-avoid = Evita
app-part-easier = Más fácil
app-part-harder = Más difícil
app-part-stop = Para si notas
app-part-care = Cuidado

app-progress-empty = Todavía no hay nada que mostrar, y así empieza todo el mundo. Un día cuenta cuando llegas al final de la rutina.
app-progress-level = { $level }. { $about }
app-tile-score = Constancia
app-tile-days = Días hechos
app-tile-minutes = Minutos
app-tile-streak = Seguidos
app-calendar = Diez semanas
app-mark-done = hecho
app-mark-missed = sin hacer
app-mark-frozen = pausa o espera
app-mark-empty = nada previsto
app-mark-today = queda por hacer
app-mark-ahead = por venir
app-minutes = { $minutes } min
app-correct-about = Toca un día para verlo. Puedes corregir los últimos { $days } días; lo de hace más tiempo cuesta recordarlo bien.
app-correct-too-old = Hace más de { $days } días: este día se queda como está.
app-correct-done = La hice
app-correct-not-done = No la hice
app-correct-pain = Corregir el dolor
app-correct-before = Dolor antes, de 0 a 10
app-correct-during = El máximo durante, de 0 a 10
app-correct-after = Después, de 0 a 10
app-pain = Dolor
app-pain-label = Dolor, de 0 a 10, en diez semanas
app-pain-none = Todavía no hay valores.
app-pain-before = Dolor antes: { $rating } de 10
app-pain-during = El máximo durante: { $rating } de 10
app-pain-after = Después: { $rating } de 10
app-score = Constancia
app-score-label = Constancia, de 0 a 100, al final de cada semana
app-chart-day = Día
app-chart-week = Semana del
app-chart-before = antes
app-chart-during = máximo durante
app-chart-after = después

app-settings-reminder = Recordatorio
app-settings-reminders-on = Recuérdamelo
app-settings-when = Cuándo
app-settings-when-unset = Sin elegir todavía
app-every-day = todos los días
app-settings-zone = Reloj de
app-settings-zone-unset = Sin elegir todavía
app-settings-zone-here = Usar { $place }
app-save = Guardar
app-unsaved = No lo has guardado. ¿Lo dejamos como estaba?
app-reminder-about = Hasta tres veces al día, en los días que elijas.
app-reminder-times = Horas
app-reminder-time = Hora
app-reminder-add = Añadir una hora
app-reminder-remove = Quitar
app-reminder-days = Días
app-reminder-times-wrong = Elige una hora distinta en cada línea.
app-reminder-days-wrong = Elige al menos un día.
app-settings-language = Idioma
app-settings-pause-until = Pausa hasta
app-settings-pause = Pausar
app-settings-paused-until = En pausa hasta el { $date }
app-settings-follow-up = Preguntarme otra vez
app-settings-follow-up-after = A los { $minutes } min
app-settings-chat = En el chat
app-settings-text-only = Solo texto
app-settings-text-only-about = Sin imágenes en movimiento, para conexiones lentas
app-settings-progress = Progreso
app-settings-weekly = Resumen semanal
app-settings-streak = Contar los días seguidos
app-settings-streak-about = Se perdonan dos días al mes
app-settings-dark = Imágenes oscuras
app-settings-staff = El equipo de la clínica
app-settings-staff-told = Avisarles de algo urgente
app-settings-staff-about = Cuán urgente y de qué tipo; nunca tus palabras
app-settings-clinic = La clínica
app-settings-book = Pedir cita en línea
app-settings-emergency = En una emergencia no esperes a la clínica: llama al { $number }.
app-settings-data = Tus datos
app-settings-export = Recibir una copia
app-settings-export-about = Llega al chat como archivo
app-exported = El archivo llega al chat.
app-settings-erase = Borrar todo
app-erase-title = ¿Borrar todo lo guardado sobre ti?
app-erase-about = Tus ajustes, tus rutinas y tus valores se van, y no se pueden recuperar.
app-erase-yes = Borrar todo
app-erase-no = Conservar mis datos
app-erased = Todo está borrado.

## Líneas que se muestran un momento junto al botón pulsado

note-already-noted = Ya está anotado.
note-day-ahead = Ese día todavía está por venir.
note-day-covered = Ese día hubo pausa o espera, así que no cuenta ni para bien ni para mal.
note-day-held = Mientras tu rutina está en espera no se corrige nada. El chat dice qué va primero.
note-day-not-over = Los valores de hoy se pueden corregir mañana. Hasta entonces, dímelo en el chat.
note-day-open = Esa rutina sigue abierta en el chat. Termínala o párala allí primero.
note-day-too-long-ago = Acepto correcciones de las últimas dos semanas, desde que empezaste. Los días anteriores se quedan como están.
note-day-unrated = Ese día no tiene ese valor.
note-morning-noted = Anotado, gracias.
note-morning-worse = Anotado. Trátate con cuidado hoy. Si te preocupa: /clinic
note-old-button = Ese botón es de un mensaje anterior.
note-read-chat = Te he escrito en el chat sobre esto. Léelo ahora, por favor.

## Comandos, como los describe el menú de Telegram

command-start = Empezar, o ver dónde estás
command-routine = Hacer los ejercicios ahora
command-time = Cambiar la hora del recordatorio
command-timezone = Cambiar la zona horaria
command-language = Elegir el idioma
command-settings = Ver tus ajustes; ejercicios solo como texto
command-pause = Pausar los recordatorios
command-resume = Activar de nuevo los recordatorios
command-skip = Hoy sin recordatorio
command-progress = Ver lo que has hecho
command-report = Páginas para tu profesional de salud
command-clinic = Teléfono, dirección, horario
command-privacy = Qué se guarda y quién puede leerlo
command-export = Recibir una copia de lo guardado
command-delete = Borrar lo guardado
command-help = Lo que sé hacer
command-stop = Parar los ejercicios o los recordatorios
