"""What the operating system and GnuTLS say in the user's language, and what that is in English.

curl itself speaks English; `strerror` (glibc), `FormatMessage` (Windows) and GnuTLS do not (`po/*.po` of the first and
the last). Everywhere else in the grammar what they say is in English. A piece is as long as it takes to be of one
sentence alone, of all that any of them can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

_TYPED = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2019": "'"})
"""Letters that may have been made plain on the way here, or have not: the pieces below are in plain ones."""
_AROUND = " .。*"
"""What ends a sentence, and the stars that the Dutch have around one of theirs."""

_SYSTEM = {
    "Connection reset by peer": """
        Едностранно прекъсване на връзката|reiniciat la connexió|druhou stranou|Forbindelsen bru
        vom Kommunikationspartner zurückgesetzt|έκλεισε από το ταίρι|Konekto simple malekis|Conexión reinicia
        Vastapää sulki|Connexion ré-initialisée|prekinuta od druge strane|bontotta a távoli|direset oleh peer
        interrotta dal corrispondente|相手からリセット|상대편이 연결을 끊음|kito serverio|Verbinding is weggevallen
        przez drugą stronę|Ligação reposta|fechada pela outra ponta|другой стороной|поново поставио парњак
        borttagen av partnern|karşıdan kesildi|Вузол розірвав|bị đặt lại bởi|被对方重|被對方重""",
    "Broken pipe": """
        Зламаны трубаправод|Прекъснат канал|canonada s'ha trencat|Roura přerušena
        Kanalen blev brudt|Datenübergabe unterbrochen|Διακοπείσα σωλήνωση|Rompita dukto|Tubería rota|Katkennut putki
        Relais brisé|Canalización rota|Prekinuta cijev|Törött adatcsatorna|Pipa rusak|Pipe interrotta
        파이프가 깨어짐|Nutrūko saitas|Røret ble brutt|Gebroken pijp|Przerwany potok|Túnel quebrado|Pipe quebrado
        Обрыв канала|Prerušená rúra|Prekinjen cevovod|Оштећена спојка|Brutet rör|Veri alınamıyor|Канал обірвано
        Ống dẫn bị hỏng|断开的管道|管線損壞""",
    "Connection refused": """
        Адмоўлена ў злучэньні|Отказано свързване|refusat la connexió|Spojení odmítnut|Opkobling nægtet
        aufbau abgelehnt|Απόρριψη σύνδεσης|Konekto rifuziĝas|rehusada|Conexión rechazada|Yhteys torjuttu
        Connexion refusée|Conexión rexeitada|Veza odbijena|Kapcsolat elutasítva|Koneksi ditolak
        Connessione rifiutata|接続を拒否|연결이 거부|Prisijungimas atmestas|Oppkobling nektes
        Verbinding is geweigerd|Połączenie odrzucone|Ligação recusada|Conexão recusada|соединении отказано
        Spojenie odmietnuté|Веза је одбијена|förvägrad|Bağlantı reddedildi|єднанні відмовлено|nối bị từ chối
        拒绝连接|连接被拒|連線被拒""",
    "Software caused connection abort": """
        Софтуерно предизвикано|programari ha tallat|Software způsobil|Programmet forårsage|Programvare forårsaket
        Programm verursachte|Το λογισμικό προκάλεσε|loka komputilo malfunkciis|provocó el fin de|Ohjelmisto aiheutti
        Le logiciel a provoqué|programa abortou|Softver je uzrok|szoftver kapcsolatszakadást
        Perangkat lunak menyebabkan|per un problema software|ソフトウェアが接続を|소프트웨어가 연결
        nutrauktas programiškai|door lokaal probleem|Oprogramowanie spowodowało|causada por software
        Программа вызвала|Software spôsobil|Programsko povzročena|Софтвер је изазвао|Programvaran orsakade
        kopmasına sebep|програмним забезпеченням|Phần mềm đã gây ra|由软件导致|軟體造成連線""",
    "Connection timed out": """
        Просрочена мрежова операция|connexió ha expirat|příliš dlouho neaktivní|spojení vypršel
        Opkoblingen overskred|Die Wartezeit|Λήξη σύνδεσης|Konekto transpasis|Expiró el tiempo|tiempo de conexión
        aikakatkaistu|expiration du délai d|conexión espirou|ograničenja vremena|Időtúllépés|kehabisan waktu
        Connessione scaduta|接続がタイムアウト|연결 시간|prisijungimo laukimo|Oppkoblingen overskred
        Verbinding is verlopen|czas oczekiwania na połączenie|Ligação expirada|Tempo esgotado para
        Время ожидания соединения|Časový limit pre spojenie|Истекло је време везе|Förbindelsens tidsgräns
        Bağlantıda zaman aşımı|Перевищено інтервал|Kết nối đã quá hạn|连接超时|連線超過時間|連線逾時""",
    "No route to host": """
        Няма маршрут до|cap camí cap a|počítači neexistuje cesta|Ingen rute til|Keine Route zum|διαδρομή στο σύστημα
        Gastiganto ne atingeblas|ninguna ruta|Reititystä koneeseen|Aucun chemin d|unha rota ao|Nema trase
        Nincs útvonal|Tidak ada rute|Nessun instradamento|への経路がありません|갈 루트가 없음|Nėra kelio iki
        Geen route naar|Brak trasy do|Sem caminho para|rota para o host|Нет маршрута до|k počítaču neexistuje
        Нема путање до|Ingen väg till|ağ üzerinden yol yok|Немає маршруту до|Không có đường dẫn đến|主机的路由
        主機的路由""",
    "Network is unreachable": """
        Мрежата е недостъпна|xarxa és inabastable|Síť není dostupná|Síť je nedostupná|Netværket er ikke
        Netzwerk ist nicht erreichbar|δίκτυο δεν είναι προσπελάσιμο|reto ne atingeblas|red es inaccesible
        Verkkoa ei tavoiteta|réseau n'est pas accessible|pode chegar á rede
        Mreža nije dostupna|hálózat elérhetetlen|Jaringan tidak dapat|rete non è raggiungibile
        ネットワークに届きません|ネットワークに到達できません|네트워크가 접근|Tinklas neprieinamas
        Nettverket er ikke|Netwerk is onbereikbaar|Sieć jest niedostępna|Rede inacessível|rede está fora de alcance
        Сеть недоступна|Sieť nie je dostupná|Omrežje ni dostopno|Мрежа је недостижна|Nätverket kan inte nås
        Ağ erişilebilir durumda|отримати доступ до мережі|Không thể kết nối mạng|网络不可达|無法接觸網路""",
    "Cannot assign requested address": """
        Недостъпен адрес на|assignar l'adreça|adresu nelze přiřadit|den ønskede adresse
        angeforderte Adresse|εκχώρηση της ζητηθήσας|eblas asigni petatan|dirección solicitada|Pyydettyä osoitetta
        attribuer l'adresse|pode asigna-lo|zatraženu adresu|kért címet hozzárendelni
        menempatkan permintaan alamat|assegnare l'indirizzo|要求アドレスに|주소를 배정할
        priskirti prašomo|verzochte adres|przypisać żądanego|atribuir o endereço|endereço requisitado
        назначить запрошенный|požadovanej adresy|Zahtevanega naslova|захтевану адресу|tilldela begärd|İstenen adres
        призначити вказану|gán địa chỉ đã|无法指定被请求|無法指定所需""",
    "Permission denied": """
        бракуе правоў|Отказан достъп|S'ha denegat el permís|Operace zamítnuta|Adgang nægtet
        Keine Berechtigung|Άρνηση πρόσβασης|Mankas permeso|Permiso denegado|Lupa evätty|Permission non accordée
        Pristup je odbijen|Engedély megtagadva|Ijin ditolak|Permesso negato|許可がありません|허가 거부|Ikke tilgang
        Toegang geweigerd|Brak dostępu|Permissão recusada|Permissão negada|Отказано в доступе|Prístup odmietnutý
        Овлашћење је одбијено|Åtkomst nekas|Erişim engellendi|Відмовлено у доступі|Không đủ quyền|权限不够
        拒絕不符權限的操作""",
    "Operation not permitted": """
        дзеяньне не дазволена|Действието не е позволено|L'operació no és permesa
        Operace není povolena|Operationen er ikke tilladt|Die Operation ist nicht erlaubt
        Η λειτουργία δεν επιτρέπεται|Operacio ne permesatas|Operación no permitida|Toiminto ei ole sallittu
        Opération non permise|Operación non permitida|Operacija nije dopuštena|A művelet nem engedélyezett
        Operasi tidak diijinkan|Operazione non permessa|許可されていない操作|명령을 허용하지|Operacija neleidžiama
        Operasjonen er ikke tillatt|Actie is niet toegestaan|Operacja niedozwolona|Operação não permitida
        Операция не позволена|Operácia nie je povolená|Operacija ni dovoljena|Радња није допуштена
        Operationen inte tillåten|İşleme izin verilmedi|Дію заборонено|Thao tác không được phép|不允许的操作
        此項操作並不被允許""",
    "No such file or directory": """
        Няма такога файла|Няма такъв файл|El fitxer o directori no|Adresář nebo soubor|Ingen sådan fil
        Datei oder Verzeichnis nicht|τέτοιο αρχείο ή κατάλογος|Dosiero aŭ dosierujo|No existe el fichero
        No existe el archivo|Tiedostoa tai hakemistoa|Aucun fichier ou|tal ficheiro ou directorio|takve datoteke ili
        Nincs ilyen fájl|Necun tal file|Tidak ada berkas|File o directory non|ファイルやディレクトリはありません
        파일이나 디렉터리가|failas ar aplankas|Ingen slik fil|Bestand of map|takiego pliku ani|Ficheiro ou pasta
        Arquivo ou diretório|Нет такого файла|Adresár alebo súbor|Datoteka ali imenik|такве датотеке или
        Filen eller katalogen|Böyle bir dosya|Немає такого файла|Không có tập tin|没有那个文件|沒有此一檔案""",
}
_WINDOWS = {
    "The revocation function was unable to check revocation for the certificate": """
        失効の関数は|吊销功能无法|撤銷功能無法|해지 함수에서|Функция отзыва не|fonction de révocation n
        Sperrfunktion konnte keine|función de revocación no|função de revogação não|funzione di revoca non""",
}
"""CRYPT_E_NO_REVOCATION_CHECK: old builds of curl print no name of it."""
_GNUTLS = {
    "The TLS connection was non-properly terminated": """
        TLS nebylo řádně|TLS-Verbindung wurde nicht|TLS-konekto estis finigita|conexión TLS no se
        TLS-yhteys ei ollut|connexion TLS n|connessione TLS non|შეერთება არასწორად|TLS-verbinding is onjuist
        Połączenie TLS nie|conexão TLS foi|Conexiunea TLS a fost|ТЛС вез|TLS-anslutningen avslut|єднання TLS було
        Kết nối TLS|TLS 链接非""",
    "A TLS fatal alert has been received": """
        nepřekonatelné upozornění TLS|fataler TLS-Alarm|Gravega atentigo TLS|alerta fatal de TLS|kohtalokas TLS
        alerte TLS fatale|allarme critico TLS|TLS-ის ფატალური|Amaran teruk TLS|ernstig TLS-alarm|krytyczny alarm TLS
        alertă fatală TLS|Кобно ТЛС|ödesdigert TLS|критичне попередження TLS|cảnh giác nghiêm trọng TLS|TLS 致命错误""",
    "An unexpected TLS packet was received": """
        neočekávaný TLS packet|unerwartetes TLS-Paket|Neatendita paketo TLS|paquete TLS inesperado
        odottamaton TLS-paketti|paquet TLS incorrect|pacchetto TLS inatteso|მოულოდნელი TLS პაკეტი|Paket TLS tidak
        onverwacht TLS-pakket|nieoczekiwany pakiet TLS|pacote TLS inesperado|pachet TLS neașteptat
        Неочекивани ТЛС пакет је|oväntat TLS-paket|неочікуваний пакет TLS|gói tin TLS bất|未预期的 TLS 数据包""",
    "Error in the pull function": """
        Chyba v pull funkci|Fehler in der Pull-Funktion|Eraro en tira funkcio|Error en la función pull
        Virhe pull-toiminnossa|Erreur de la fonction « pull »|Errore nella funzione pull|შეცდომა მიღების ფუნქციაში
        Ralat dalam fungsi tarik|Fout in de 'pull'-functie|Błąd w funkcji pull|Erro na função de pull
        Eroare în funcția «pull»|Грешка у функцији повлачења|Fel i inhämtningsfunktionen|Помилка у функції pull
        Gặp lỗi trong hàm pull|在 pull 函数中出错""",
    "Error in the push function": """
        Chyba v push funkci|Fehler in der Push-Funktion|Eraro en puŝa funkcio|Error en la función push
        Virhe push-toiminnossa|Erreur de la fonction « push »|Errore nella funzione push|შეცდომა გადაცემის ფუნქციაში
        Ralat dalam fungsi tolak|Fout in de 'push'-functie|Błąd w funkcji push|Erro na função de push
        Eroare în funcția «push»|Грешка у функцији гурања|Fel i utsändningsfunktionen|Помилка у функції push
        Gặp lỗi trong hàm push|在 push 函数中出错""",
    "The operation timed out": """
        Operace neskončila v řádném čase|Die Zeit für den Vorgang wurde überschritten|La tempo por operacio finis
        Se agotó el tiempo de operación|Toiminnan aikakatkaisu|Opération hors délais|L'operazione è scaduta
        ოპერაციის ვადა გავიდა|Operasi telah tamat masa|De bewerking duurde te lang|Upłynął limit czasu operacji
        Tempo da operação esgotado|Timpul de operare a expirat|Радњи је истекло време|Åtgärden översteg tidsgränsen
        Перевищено час очікування завершення дії|Thao tác bị lỗi quá thời gian|操作超时""",
    "Error in the certificate verification": """
        Chyba při ověřování certifikátu|Fehler in der Verifizierung des Zertifikats|Eraro en la kontrolo de atestilo
        Error en la verificación del certificado|Erreur de vérification du certificat
        Errore nella verifica del certificato|სერტიფიკატის გადამოწმების შეცდომა|Błąd w weryfikacji certyfikatu
        Erro na verificar do certificado|Eroare la verificarea certificatului|Грешка у провери уверења
        Помилка під час спроби перевірити сертифікат""",
}
_NAMES = {
    "Error in the certificate": """
        Chyba v certifikátu|Fehler im Zertifikat|Eraro en atestilo|Error en el certificado|Virhe varmenteessa
        Erreur dans le certificat|Errore nel certificato|სერტიფიკატის შეცდომა|Ralat dalam sijil
        Fout in het certificaat|Błąd w certyfikacie|Erro no certificado|Eroare în certificat|Грешка у уверењу
        Fel i certifikatet|Помилка у сертифікаті|Gặp lỗi trong chứng nhận|证书出错""",
    "Handshake failed": """
        Zahájení (handshake) selhalo|Handshake schlug fehl|Kvitanco fiaskis|Falló la negociación|Kättely epäonnistui
        Négociation échouée|Handshake non riuscito|მიმოცვლის შეცდომა|Jabat tangan gagal|Handshake is mislukt
        Nawiązanie komunikacji nie powiodło się|Negociação falhou|Negocierea a eșuat|Руковање није успело
        Handskakning misslyckades|Помилка під час спроби встановлення з'єднання|Gặp lỗi khi thiết lập quan hệ
        握手失败""",
    "Certificate is bad": """
        Certifikát je špatný|Fehlerhaftes Zertifikat|Atestilo malĝustas|El certificado es erróneo|Varmenne on väärä
        Mauvais certificat|Il certificato non è valido|სერტიფიკატი არასწორია|Sijil buruk|Certificaat is ongeldig
        Błędny certyfikat|O certificado é inválido|Certificatul este incorect|Уверење је лоше
        Certifikatet är felaktigt|Помилковий сертифікат|Chứng nhận sai|证书有误""",
    "Certificate was revoked": """
        Certifikát byl odvolán|Zertifikat wurde widerrufen|Atestilo estis revokata|El certificado fue revocado
        Varmenne kumottiin|Certificat révoqué|Il certificato è stato revocato|სერტიფიკატი გაუქმებულია
        Sijil telah dibatalkan|Certificaat is ingetrokken|Certyfikat został anulowany|O certificado foi revogado
        Certificatul a fost revocat|Уверење је повучено|Certifikatet var spärrat|Сертифікат відкликано
        Chứng nhận đã bị thu hồi|证书已吊销""",
    "Certificate is expired": """
        Certifikát vypršel|Zertifikat ist abgelaufen|Atestilo senvalidiĝis|El certificado está expirado
        Varmenne on vanhentunut|Certificat expiré|Il certificato è scaduto|სერტიფიკატი ვადაგასულია
        Sijil tamat tempoh|Certificaat is verlopen|Certyfikat wygasł|O certificado expirou|Certificatul este expirat
        Уверење је истекло|Certifikatet har gått ut|Сертифікат втратив чинність|Chứng nhận đã hết hạn|证书过期""",
    "Unknown certificate": """
        Neznámý certifikát|Unbekanntes Zertifikat|Nekonata atestilo|Certificado desconocido|Tuntematon varmenne
        Certificat inconnu|Certificato sconosciuto|უცნობი სერთიფიკატი|Sijil tidak diketahui|Onbekend certificaat
        Nieznany certyfikat|Certificado desconhecido|Certificat necunoscut|Непознато уверење|Okänt certifikat
        Невідомий сертифікат|Không nhận ra chứng nhận|未知证书""",
    "CA is unknown": """
        Autorita není známa|Zertifizierungsstelle ist unbekannt|CA ne estas konata|La AC es desconocida
        Varmenneviranomainen on tuntematon|Autorité de certification inconnue|La CA è sconosciuta|CA უცნობია
        CA tidak diketahui|CA is onbekend|Nieznane CA|AC é desconhecida
        Autoritatea de certificare «CA» este necunoscută|Издавач уверења није познат|Certifikatutfärdare är okänd
        Невідома служба сертифікації (CA)|Không nhận ra nhà cầm quyền cấp chứng nhận (CA)|未知 CA""",
    "Access was denied": """
        Přístup byl zamítnut|Zugriff wurde verweigert|Aliro estis rifuzata|Se denegó el acceso|Pääsy kielletty
        Accès refusé|L'accesso è stato negato|წვდომა აკრძალულია|Akses telah dihalang|Toegang werd geweigerd
        Dostęp zabroniony|Acesso foi negado|Accesul a fost refuzat|Приступ је одбијен|Åtkomst nekades
        Доступ заборонено|Truy cập bị từ chối|访问被拒绝""",
    "Error in protocol version": """
        Chyba ve verzi protokolu|Fehler in der Protokollversion|Eraro en versio de protokolo
        Error en la versión del protocolo|Virhe yhteyskäytäntöversiossa|Erreur de version de protocole
        Errore nella versione del protocollo|შეცდომა პროტოკოლის ვერსიაში|Ralat dalam versi protokol
        Fout in protocolversie|Błąd w wersji protokołu|Erro na versão do protocolo|Eroare în versiunea protocolului
        Грешка у издању протокола|Fel i protokollversion|Помилка у версії протоколу|Lỗi trong phiên bản giao thức
        协议版本出错""",
    "The server name sent was not recognized": """
        Odeslané jméno serveru nebylo rozpoznáno|Der gesendete Servername wurde nicht erkannt
        La sendita servilnomo ne estis rekonata|No se reconoció el nombre del servidor enviado
        Ei tunnistettu lähetettyä palvelinnimeä|Le nom de serveur transmis était inconnu
        Il nome server inviato non è stato riconosciuto|გაგზავნილი სერვერის სახელი უცნობია
        Nama pelayan dihantar tidak dikenali|De toegezonden servernaam werd niet herkend
        Nierozpoznana wysłana nazwa serwera|O nome do servidor não foi reconhecido
        Numele de server trimis nu a fost recunoscut|Послат назив сервера није препознат
        Servernamnet som skickades kändes inte igen|Не вдалося розпізнати назву сервера
        Đã gửi một tên máy phục vụ không được nhận ra|发送的服务器名未被识别""",
    "Certificate is required": """
        Je vyžadován certifikát|Zertifikat ist erforderlich|Atestilo estas bezonata|Se requiere un certificado
        Certificat requis|Il certificato è richiesto|სერტიფიკატი აუცილებელია|Certyfikat jest wymagany
        É necessário um certificado|Este necesar un certificat|Уверење је потребно|Потрібне сертифікат
        Atestilo estas postulata|Потрібен сертифікат""",
    "Internal error": """
        Vnitřní chyba|Interner Fehler|Interna eraro|Error interno|Sisäinen virhe|Erreur interne|Errore interno
        შიდა შეცდომა|Ralat dalaman|Interne programmafout|Błąd wewnętrzny|Erro interno|Eroare internă
        Унутрашња грешка|Internt fel|Внутрішня помилка|Lỗi nội bộ|内部错误""",
}
"""Names of alerts and faults of certificates. They are short: each is believed only where it is all of a reason."""


def _pairs(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what somebody's language has, and the English that it means."""
    for english, pieces in table.items():
        for line in pieces.split("\n"):
            yield from ((piece, english) for piece in line.strip().split("|") if piece)


_PIECES = tuple(_pairs(_SYSTEM | _WINDOWS | _GNUTLS))
_PLAIN = tuple((piece, english) for piece, english in _PIECES if piece.isascii())
"""All that a reason in ASCII can hold, as nearly every one is."""
_WHOLE = dict(_pairs(_NAMES))


@lru_cache(maxsize=1024)
def in_english(reason: str) -> str:
    """Return a reason with what it says in another language put into English; the rest of it stays as it is."""
    said = reason.translate(_TYPED)
    whole = _WHOLE.get(said.strip(_AROUND))
    if whole is not None:
        return whole
    for piece, english in _PLAIN if said.isascii() else _PIECES:
        if piece in said:
            return said.replace(piece, f" {english} ").strip()
    return reason
