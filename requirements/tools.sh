#!/bin/sh
# Installs what the tests drive from outside Python: a browser, an office programme, fonts, and a reader of PDF files.
set -eu
wanted=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || wanted="$wanted chromium"
command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-calc-nogui libreoffice-writer-nogui"
[ -d /usr/share/fonts/truetype/noto ] || wanted="$wanted fonts-noto-core"
command -v pdftotext >/dev/null 2>&1 || wanted="$wanted poppler-utils"
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Cài:$wanted"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
    echo "Thiếu:$wanted"
    echo "Hãy cài bằng quyền quản trị: apt-get install$wanted"
    # A run that must not skip anything says so.
    [ -z "${CI:-}" ] || exit 1
    echo "Các bài thử cần trình duyệt hoặc LibreOffice sẽ bị bỏ qua."
fi
