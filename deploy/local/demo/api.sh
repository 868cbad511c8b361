# Sourced by demo: Longshore's API by curl. The token lies in a private file, so that no process argument shows it.
# shellcheck shell=bash disable=SC2034,SC2154

door=http://127.0.0.1:$(port_of gateway)
status=

# call METHOD PATH: sends standard input as JSON if the method has a body; leaves the answer in $seen, its status in $status.
call() {
    local options=(--silent --show-error --max-time 20 --request "$1" --header "Accept: application/json"
        --output "$private/answer" --write-out '%{http_code}')
    [ ! -f "$private/authorization" ] || options+=(--header "@$private/authorization")
    case $1 in
        PUT | POST) options+=(--header "Content-Type: application/json" --data-binary @-) ;;
    esac
    : > "$private/answer"
    status=$(curl "${options[@]}" "$door$2" 2> "$private/curl") || status=000
    seen=$(cat "$private/answer" "$private/curl")
}

# demand METHOD PATH WHAT: the call must succeed.
demand() {
    call "$1" "$2"
    case $status in
        2*) ;;
        *) give_up gateway "$3: $1 $2 was answered $status" ;;
    esac
}

# ask PATH FILTER: whether the resource is there and jq's filter holds for it.
ask() {
    call GET "$1"
    [ "$status" = 200 ] && jq --exit-status "$2" "$private/answer" > /dev/null 2>&1
}

# value FILTER: of the answer that came last.
value() {
    jq --raw-output "$1" "$private/answer"
}

sign_in() {
    local file=$home/admin-password
    [ -r "$file" ] || give_up gateway "there is no $file: the gateway makes it at its first start"
    rm -f "$private/authorization"
    jq --null-input --rawfile password "$file" '{username: "admin", password: ($password | rtrimstr("\n"))}' > "$private/session"
    demand POST /api/v1/sessions "signing in" < "$private/session"
    rm "$private/session"
    (umask 077 && echo "Authorization: Bearer $(value .token)" > "$private/authorization")
    note "signed in as admin; the password is in $file"
}
