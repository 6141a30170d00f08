#!/bin/sh
# Packs the sources and all wheels of this platform into dist/bundle, for a machine that has Python but no network.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
bundle=dist/bundle
rm -rf "$bundle"
mkdir -p "$bundle/wheels"
echo "Tải các thư viện vào $bundle/wheels"
if [ -d wheels ]; then
    cp wheels/*.whl "$bundle/wheels/"
else
    "$python" -m pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
        -r requirements/runtime.txt -d "$bundle/wheels"
fi
echo "Chép chương trình"
git archive HEAD | tar -x -C "$bundle"
cat > "$bundle/install.sh" <<'INSTALL'
#!/bin/sh
# Installs from the wheels beside this file; no network is used. Afterwards: make demo, or .venv/bin/ansinh.
set -eu
cd "$(dirname "$0")"
make setup
echo "Xong. Chạy “make demo” để xem thử, hoặc “.venv/bin/ansinh” để xem các lệnh."
INSTALL
chmod +x "$bundle/install.sh"
tar -C dist -czf dist/ansinh-bundle.tar.gz bundle
echo "Xong: dist/ansinh-bundle.tar.gz"
