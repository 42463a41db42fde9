#!/usr/bin/env bash
# Makes or updates the Azure resources, publishes the app, and sees to it that strangers are refused.
set -euo pipefail

usage() {
  cat <<'TEXT'
Makes or updates the Azure resources, publishes the app, and sees to it that strangers are refused.

  infra/deploy.sh --group NAME [options]

  --group NAME         the resource group
  --location PLACE     where to make the group, when there is none yet, such as westeurope
  --parameters NAME    dev, prod, or a file of parameters   (default: dev)
  --what-if            only show what would change
  --app-only           publish the app; leave the resources as they are
  --resources-only     leave the app as it is
  --yes                do not ask
  --help               this text

Who reads and writes the studies beside the app is FUNCTIONTUNE_PRINCIPAL_ID, an object id of Entra; without it, you.
Other variables that dev.bicepparam and prod.bicepparam read are in infra/README.md.
It needs az, dotnet, zip and curl. You need the role Owner on the group, or Contributor and Role Based Access Control Administrator.
TEXT
}

die() {
  echo "deploy: $*" >&2
  exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
group='' location='' parameters=dev only_look=no resources=yes app=yes sure=no
while [ $# -gt 0 ]; do
  case $1 in
    --group | --location | --parameters)
      [ $# -ge 2 ] || die "$1 wants a value; see --help"
      case $1 in
        --group) group=$2 ;;
        --location) location=$2 ;;
        --parameters) parameters=$2 ;;
      esac
      shift
      ;;
    --what-if) only_look=yes ;;
    --app-only) resources=no ;;
    --resources-only) app=no ;;
    --yes) sure=yes ;;
    --help | -h) usage && exit 0 ;;
    *) die "'$1' is no option; see --help" ;;
  esac
  shift
done
[ -n "$group" ] || die "--group is missing; see --help"
[ -f "$parameters" ] || parameters=$here/$parameters.bicepparam
[ -f "$parameters" ] || die "there is no file of parameters $parameters"

for program in az dotnet zip curl; do
  command -v "$program" >/dev/null || die "$program is missing"
done
az account show --output none 2>/dev/null || die "nobody is logged in: az login"
echo "Subscription $(az account show --query name --output tsv), resource group $group, $parameters"

# A workflow passes on variables that nobody has set as empty ones.
for variable in "${!FUNCTIONTUNE_@}"; do
  [ -n "${!variable}" ] || unset "$variable"
done

ask() {
  [ "$sure" = no ] || return 0
  local answer=''
  read -r -p "$1 [y/N] " answer || true
  [ "$answer" = y ] || die "nothing was changed"
}

make_resources() {
  if [ -z "${FUNCTIONTUNE_PRINCIPAL_ID:-}" ]; then
    FUNCTIONTUNE_PRINCIPAL_ID=$(az ad signed-in-user show --query id --output tsv) ||
      die "FUNCTIONTUNE_PRINCIPAL_ID is missing, and you are no person of this tenant"
    export FUNCTIONTUNE_PRINCIPAL_ID FUNCTIONTUNE_PRINCIPAL_TYPE=User
  fi

  if [ "$(az group exists --name "$group")" != true ]; then
    [ -n "$location" ] || die "there is no resource group $group; --location says where to make it"
    [ "$only_look" = no ] || die "there is no resource group $group to compare with"
    ask "Make the resource group $group in $location?"
    az group create --name "$group" --location "$location" --output none
  fi

  az deployment group what-if --resource-group "$group" --name functiontune --parameters "$parameters"
  [ "$only_look" = no ] || exit 0
  ask "Change all that?"
  az deployment group create --resource-group "$group" --name functiontune --parameters "$parameters" --output none
}

output_of() {
  az deployment group show --resource-group "$group" --name functiontune --query "properties.outputs.$1.value" --output tsv
}

publish() {
  local name=$1 folder
  folder=$(mktemp -d)
  dotnet publish "$here/../src/Functions" --configuration Release --output "$folder/app"
  # Folders that begin with a dot are part of the app.
  (cd "$folder/app" && zip --quiet --recurse-paths "$folder/app.zip" .)
  az functionapp deployment source config-zip --resource-group "$group" --name "$name" --src "$folder/app.zip" --output none
  rm -rf "$folder"
}

# The app takes a while to begin. Then whoever brings neither key nor token must be refused.
verify() {
  local url=$1/api/studies tries=${FUNCTIONTUNE_DEPLOY_TRIES:-30} status=''
  for ((i = 0; i < tries; i++)); do
    status=$(curl --silent --output /dev/null --max-time 60 --write-out '%{http_code}' "$url" || true)
    case $status in
      401 | 403) echo "A stranger is refused at $url (HTTP $status)." && return 0 ;;
      2*) die "ANYBODY MAY CALL $url (HTTP $status): stop the app until that is mended: az functionapp stop --resource-group $group --name $2" ;;
    esac
    sleep "${FUNCTIONTUNE_DEPLOY_PAUSE:-10}"
  done
  die "$url does not answer as it should (HTTP $status); look at its log: az webapp log tail --resource-group $group --name $2"
}

[ "$resources" = no ] || make_resources
name=$(output_of appName)
url=$(output_of appUrl)
[ -n "$name" ] || die "the resource group $group has no deployment named functiontune"
if [ "$app" = yes ]; then
  publish "$name"
  verify "$url" "$name"
fi

cat <<TEXT

App        $name
URL        $url
Studies    $(output_of containerUrl)
Databricks $(output_of databricksHost)

A key:     az functionapp keys list --resource-group $group --name $name --query functionKeys.default --output tsv
TEXT
