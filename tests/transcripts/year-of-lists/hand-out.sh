# Put what is published where employees fetch it: what the timestamp names first, the timestamp last.
for place in web everyone; do
    cp -R team/acme/repository/targets $place
    mkdir -p $place/metadata
    find team/acme/repository/metadata -name '[0-9]*' -exec cp {} $place/metadata ';'
    cp team/acme/repository/metadata/timestamp.json $place/metadata
done
