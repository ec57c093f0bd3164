package policy

import "regexp"

// dangerTerms are the words that give a kind away, Dutch and English, in lower
// case. An asterisk stands for any ending, an underscore for a blank or hyphen.
// Words that a trade uses every day (kerk, hart, druk, koorts, party, positive)
// are left out: a guard that cries wolf is clicked away.
var dangerTerms = map[DangerKind]string{
	DangerHealth: `ziek zieke ziekte ziektes ziek_geworden ziekmeld* ziekgemeld ziekenhuis* ziekteverlof ziektewet ziekte_van chronisch_ziek
		kanker* tumor* chemo chemotherapie bestraling uitgezaaid uitzaai* diabet* suikerziek* astma* copd reuma* epilep* hartinfarct hartaanval hartpatiënt beroerte tia herseninfarct hersenbloeding hersenschudding
		depress* burn-out burnout overspannen bipolair schizofren* psychose* psychotisch psychiat* psycholoo* therapeut therapie autis* adhd add-er dyslex* ptss dement* alzheimer* parkinson* ms-patiënt
		zwanger* miskraam bevallen bevalling ivf abortus hiv hiv-positief aids soa hepatitis
		verslaafd verslaving* alcoholist* alcoholprobleem afkick* rehab ontwenning* anorexia boulimia overdos*
		operatie geopereerd medicatie medicijn medicijnen antidepress* insuline huisarts diagnose gediagnosticeerd arbeidsongeschikt* wia wao wajong handicap gehandicapt rolstoel* invalide slechtziend* slechthorend* doof doofheid blindengeleidehond hernia longcovid long_covid pacemaker ongeneeslijk* allergi* coeliakie crohn
		is_sick been_sick off_sick sickness illness ill_with seriously_ill chronically_ill cancer* chemotherapy tumour* diabetic* asthma* stroke_last heart_attack heart_condition heart_surgery depressi* bipolar schizophren* psychosis psychiatr* psychologist therapist autism autistic dyslexi* dementia pregnan* miscarriage gave_birth abortion hepatitis addict addicted addiction alcoholic* detox overdose surgery medication antidepressant* insulin diagnosed wheelchair disabled_person disabled_since disability pacemaker remission incurabl* hearing_loss deaf eating_disorder sick_leave nervous_breakdown mental_health`,
	DangerReligion: `katholiek* protestant* gereformeerd* hervormd christen christenen christelijk moslim* islam* joods joodse joden jodin is_jood hindoe* boeddhist* jehova* getuige_van_jehova atheïst* gelovig gelovige ramadan moskee synagoge kerkenraad sabbat* bekeerd kerkelijk gelooft_in_god koosjer halal
		catholic* is_christian a_christian christians christianity muslim* islam jewish jew hindu* buddhist* atheist* mosque synagogue sabbath religious religion kosher converted_to jehovah* sikh*`,
	DangerPolitics: `vvd pvda groenlinks d66 pvv cda sp-stemmer sp-lid volt-lid bij1 fvd bbb-stemmer n-va vooruit-lid cd&v vlaams_belang open_vld pvda-lid partijlid stemt_op gestemd_op politieke_voorkeur communist* socialist* extreemrechts extreemlinks rechts-extremist*
		votes_for voted_for party_member political_views political_opinion communist* socialist* labour_voter conservative_voter far-right far-left`,
	DangerUnion: `vakbond* fnv fnv-lid cnv cnv-lid vakbondslid abvv acv aclvb kaderlid
		trade_union labour_union union_member unionist* shop_steward`,
	DangerSexual: `homo homoseks* homofiel lesbisch lesbienne* biseks* transgender* transseksue* aseksue* seksue* seksleven geaardheid uit_de_kast vreemdgegaan vreemdgaan heeft_een_affaire overspel prostitu* sekswerk*
		gay lesbian* bisexual* homosexual* transgender* sexual* sex_life sexuality cheated_on extramarital having_an_affair`,
	DangerEthnicity: `etniciteit etnisch* allochtoon allochtone allochtonen huidskleur donkere_huid getint getinte van_marokkaanse_afkomst afkomst turkse_afkomst surinaamse_afkomst roma-afkomst zigeuner* neger* kleurling* is_marokkaan marokkanen is_turk asielzoeker* vluchteling vluchtelinge
		ethnic ethnicity ethnic_background skin_colour skin_color coloured_person of_african_descent of_turkish_descent of_moroccan_descent descent gypsy gypsies asylum_seeker asylum_seekers refugee`,
	DangerBiometric: `vingerafdruk* irisscan* gezichtsherkenning stemafdruk dna-profiel dna-test biometri*
		fingerprint* iris_scan iris_scans facial_recognition faceprint* voiceprint* dna_profile dna_test biometric*`,
	DangerCrime: `strafblad vastgezeten veroordeeld* gevangenis* celstraf taakstraf enkelband reclassering gearresteerd opgepakt crimineel criminele verdachte_van aangehouden_wegens mishandel* fraudeur oplichter inbreker drugsdealer witwas* diefstal_gepleegd tbs tbs'er vog_geweigerd
		criminal_record convicted prison jail jailed arrested parole felon* felony fraudster drug_dealer money_laundering ankle_monitor`,
}

// harmlessRound are the daily uses of such words in trades that have them.
var harmlessRound = regexp.MustCompile(`\b(` +
	`operatie(s)? van (de|het) (bedrijf|systeem|fabriek)|operatie geslaagd van de verhuizing|` +
	`(levert|leveren|levering|leverancier|deuren|bedden|tapijt|klant is|project|restaurant|café|hotel|aannemer van|architect van|voor|aan|sells|supplies|supplier of|delivers|contractor of|for) "?(het |de |een |the |a |oude )*(ziekenhuis|ziekenhuizen|ziekenhuisbedden|gevangenis|gevangenissen|moskee|synagoge|psychiatrisch|psychiatrische|mosque|synagogue|prison|wheelchairs|rolstoelen|fingerprint|vingerafdruk)\w*|` +
	`rolstoel(toegankelijk|vriendelijk|ingang|helling|taxi|lift|toilet)\w*|wheelchair[ -](accessible|ramp|access|lift)|disabled (access|parking|toilet)|gehandicapten(parkeerplaats|toilet)|` +
	`(vingerafdruk|fingerprint)[- ]?(lezer|reader|scanner|slot|lock|sensor)\w*|` +
	`(account|login|user|knop|button|feature|functie|optie|option|plugin|tag) (is |was |wordt |staat )?(disabled|invalide)|disabled (the |his |her |our )?(account|login|button|feature|option|plugin|user|alarm)|` +
	`halal[- ](gecertificeerd|certified|vlees|meat|menu|keurmerk)|(menu|vlees|meat|certificaat) halal|kosher[- ](salt|zout)|` +
	`allerg(ie|een|enen|y|en)[- ]?(vrij|free|info|informatie|information|kaart|card|lijst|list)\w*|` +
	`wao[- ]premie|wia[- ](premie|verzekering|hiaat)\w*|` +
	`autisme ?centrum|diagnose (van|of|stellen) (de |het |the )?(motor|storing|fout|netwerk|network|server|machine|ketel)|diagnosed (the )?(fault|network|motor|engine|problem)` +
	`)\b`)
