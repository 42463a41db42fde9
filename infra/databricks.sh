#!/usr/bin/env bash
# The Databricks side, which no template can make: the app's identity as a service principal, a cluster policy, permissions.
set -euo pipefail

usage() {
  cat <<'TEXT'
Lets the app run trials on a Databricks workspace. What is there already stays; run it as often as you like.

  infra/databricks.sh --group NAME [options]

  --group NAME         the resource group that infra/deploy.sh made; it tells of workspace and identity
  --host URL           the workspace, such as https://adb-1234567890123456.7.azuredatabricks.net
  --client-id ID       client id of the app's identity
  --workspace-id ID    resource id of the workspace, for a caller that is no member of it but Contributor in Azure
  --volume C.S.V       a volume of Unity Catalog for trials; schema and volume are made when they are missing
  --cluster ID         an existing cluster that the app may start and use
  --policy NAME        the cluster policy for new clusters       (default: functiontune)
  --policy-file FILE   what it says                              (default: infra/databricks-policy.json)
  --yes                do not ask
  --help               this text

It makes the identity a service principal of the workspace (SCIM), writes the policy and lets the identity use it, lets it
restart the cluster, and read and write the volume. You must be an administrator of the workspace, and for --volume the owner
of the catalog. It needs az.
TEXT
}

die() {
  echo "databricks: $*" >&2
  exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
group='' host='' client='' workspace='' volume='' cluster='' policy=functiontune file=$here/databricks-policy.json sure=no
while [ $# -gt 0 ]; do
  case $1 in
    --group | --host | --client-id | --workspace-id | --volume | --cluster | --policy | --policy-file)
      [ $# -ge 2 ] || die "$1 wants a value; see --help"
      case $1 in
        --group) group=$2 ;;
        --host) host=$2 ;;
        --client-id) client=$2 ;;
        --workspace-id) workspace=$2 ;;
        --volume) volume=$2 ;;
        --cluster) cluster=$2 ;;
        --policy) policy=$2 ;;
        --policy-file) file=$2 ;;
      esac
      shift
      ;;
    --yes) sure=yes ;;
    --help | -h) usage && exit 0 ;;
    *) die "'$1' is no option; see --help" ;;
  esac
  shift
done
command -v az >/dev/null || die "az is missing"
az account show --output none 2>/dev/null || die "nobody is logged in: az login"
[ -f "$file" ] || die "there is no file $file"

output_of() {
  az deployment group show --resource-group "$group" --name functiontune --query "properties.outputs.$1.value" --output tsv
}

if [ -n "$group" ]; then
  [ -n "$host" ] || host=$(output_of databricksHost)
  [ -n "$client" ] || client=$(output_of identityClientId)
fi
[ -n "$client" ] || die "--group or --client-id is missing; see --help"
host=${host%/}
[[ $host == https://* ]] || die "the workspace is https://..., not '$host'; --host says which"
if [ -n "$volume" ] && ! [[ $volume =~ ^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$ ]]; then
  die "--volume is catalog.schema.volume, not '$volume'"
fi

# The id of Azure Databricks in Entra, the same in every tenant.
resource=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
headers=()
if [ -n "$workspace" ]; then
  # In a file, where other users of this machine do not see the token.
  (umask 077 && printf '{"X-Databricks-Azure-Workspace-Resource-Id":"%s","X-Databricks-Azure-SP-Management-Token":"%s"}' "$workspace" \
    "$(az account get-access-token --resource https://management.core.windows.net/ --query accessToken --output tsv)" >"$work/headers")
  headers=(--headers "@$work/headers")
fi

# get PATH QUERY: what a path answers, cut to a query of JMESPath; nothing when there is no such thing.
get() { az rest --resource "$resource" --method get --url "$host$1" ${headers[@]+"${headers[@]}"} --query "$2" --output tsv 2>/dev/null || true; }

# send METHOD PATH BODY [QUERY]
send() {
  printf '%s' "$3" >"$work/body"
  az rest --resource "$resource" --method "$1" --url "$host$2" ${headers[@]+"${headers[@]}"} --body "@$work/body" --query "${4:-@}" --output tsv
}

if [ "$sure" = no ]; then
  read -r -p "Let the identity $client run trials on $host? [y/N] " answer || true
  [ "${answer:-}" = y ] || die "nothing was changed"
fi

scim=/api/2.0/preview/scim/v2/ServicePrincipals
if [ "$(get "$scim?filter=applicationId+eq+%22$client%22" totalResults)" = 1 ]; then
  echo "The identity is a service principal of the workspace."
else
  send post "$scim" '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"],"applicationId":"'"$client"'","displayName":"functiontune","entitlements":[{"value":"workspace-access"}]}' id >/dev/null
  echo "The identity became a service principal of the workspace."
fi

# The definition is a text of JSON within JSON.
definition=$(tr -d '\n' <"$file" | sed 's/\\/\\\\/g; s/"/\\"/g')
id=$(get /api/2.0/policies/clusters/list "policies[?name=='$policy'].policy_id | [0]")
if [ -n "$id" ]; then
  send post /api/2.0/policies/clusters/edit '{"policy_id":"'"$id"'","name":"'"$policy"'","definition":"'"$definition"'"}' >/dev/null
  echo "The cluster policy $policy ($id) says what $file says."
else
  id=$(send post /api/2.0/policies/clusters/create '{"name":"'"$policy"'","definition":"'"$definition"'"}' policy_id)
  echo "The cluster policy $policy ($id) was made."
fi

# allow KIND ID LEVEL
allow() {
  send patch "/api/2.0/permissions/$1/$2" '{"access_control_list":[{"service_principal_name":"'"$client"'","permission_level":"'"$3"'"}]}' >/dev/null
  echo "The identity has $3 on $1 $2."
}
allow cluster-policies "$id" CAN_USE
[ -z "$cluster" ] || allow clusters "$cluster" CAN_RESTART

# grant KIND NAME PRIVILEGE...
grant() {
  local kind=$1 name=$2 list
  shift 2
  list=$(printf ',"%s"' "$@")
  send patch "/api/2.1/unity-catalog/permissions/$kind/$name" '{"changes":[{"principal":"'"$client"'","add":['"${list#,}"']}]}' >/dev/null
  echo "The identity has $* on $kind $name."
}
if [ -n "$volume" ]; then
  IFS=. read -r catalog schema name <<<"$volume"
  catalogs=/api/2.1/unity-catalog
  [ -n "$(get "$catalogs/schemas/$catalog.$schema" full_name)" ] ||
    send post "$catalogs/schemas" '{"name":"'"$schema"'","catalog_name":"'"$catalog"'"}' >/dev/null
  [ -n "$(get "$catalogs/volumes/$volume" full_name)" ] ||
    send post "$catalogs/volumes" '{"name":"'"$name"'","catalog_name":"'"$catalog"'","schema_name":"'"$schema"'","volume_type":"MANAGED"}' >/dev/null
  grant catalog "$catalog" USE_CATALOG
  grant schema "$catalog.$schema" USE_SCHEMA
  grant volume "$volume" READ_VOLUME WRITE_VOLUME
  echo "Trials leave their files in /Volumes/$catalog/$schema/$name: deploy with FUNCTIONTUNE_DATABRICKS_STAGING=/Volumes/$catalog/$schema/$name"
fi

cat <<TEXT

New clusters of a study name the policy: "cluster": { "new": { "policy_id": "$id", ... } }
TEXT
