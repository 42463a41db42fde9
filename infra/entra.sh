#!/usr/bin/env bash
# The app's registration in Entra, and who may do what with studies.
set -euo pipefail

usage() {
  cat <<'TEXT'
Registers the app in Entra with the roles study.read, study.submit and study.cancel, and grants them. What is there stays.

  infra/entra.sh [options]

  --name NAME          the registration's name               (default: functiontune)
  --grant ID=ROLE,...  roles for a person, a group or a service principal, by object id; may come more than once
                       (default: all three for you)
  --yes                do not ask
  --help               this text

Its last line is the client id, for FUNCTIONTUNE_ENTRA_CLIENT_ID. It needs az, and the right to register applications and,
to grant roles, to administer this one.
TEXT
}

die() {
  echo "entra: $*" >&2
  exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=functiontune sure=no grants=()
while [ $# -gt 0 ]; do
  case $1 in
    --name | --grant)
      [ $# -ge 2 ] || die "$1 wants a value; see --help"
      case $1 in
        --name) name=$2 ;;
        --grant) grants+=("$2") ;;
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
[ ${#grants[@]} -gt 0 ] || grants=("$(az ad signed-in-user show --query id --output tsv)=study.read,study.submit,study.cancel")

role_id() {
  case $1 in
    study.read) echo 5d1cbb1c-3c7e-4f0b-9d0a-6a1d6b5b7a01 ;;
    study.submit) echo 5d1cbb1c-3c7e-4f0b-9d0a-6a1d6b5b7a02 ;;
    study.cancel) echo 5d1cbb1c-3c7e-4f0b-9d0a-6a1d6b5b7a03 ;;
    *) die "'$1' is no role; they are study.read, study.submit and study.cancel" ;;
  esac
}
for grant in "${grants[@]}"; do
  for role in $(tr ',' ' ' <<<"${grant#*=}"); do role_id "$role" >/dev/null; done
done

if [ "$sure" = no ]; then
  read -r -p "Register '$name' in the tenant $(az account show --query tenantId --output tsv)? [y/N] " answer || true
  [ "${answer:-}" = y ] || die "nothing was changed"
fi

client=$(az ad app list --display-name "$name" --query '[0].appId' --output tsv)
if [ -z "$client" ]; then
  client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
  echo "'$name' was registered."
fi
az ad app update --id "$client" --identifier-uris "api://$client" --app-roles "@$here/app-roles.json"

# People get tokens for it by 'az account get-access-token': one scope, and the Azure CLI asks nobody for consent.
scope=5d1cbb1c-3c7e-4f0b-9d0a-6a1d6b5b7a04
cli=04b07795-8ddb-461a-bbee-02f9e1bf7b46
object=$(az ad app show --id "$client" --query id --output tsv)
application=https://graph.microsoft.com/v1.0/applications/$object
az rest --method patch --url "$application" --body '{"api":{"requestedAccessTokenVersion":2,"oauth2PermissionScopes":[{"id":"'$scope'","value":"studies","type":"Admin","isEnabled":true,"adminConsentDisplayName":"Call FunctionTune","adminConsentDescription":"Call FunctionTune as the person who is logged in; roles say what is allowed"}]}}'
az rest --method patch --url "$application" --body '{"api":{"preAuthorizedApplications":[{"appId":"'$cli'","delegatedPermissionIds":["'$scope'"]}]}}'

service=$(az ad sp list --filter "appId eq '$client'" --query '[0].id' --output tsv)
[ -n "$service" ] || service=$(az ad sp create --id "$client" --query id --output tsv)
# Without a role, no token.
az ad sp update --id "$service" --set appRoleAssignmentRequired=true

assigned=https://graph.microsoft.com/v1.0/servicePrincipals/$service/appRoleAssignedTo
for grant in "${grants[@]}"; do
  who=${grant%%=*}
  for role in $(tr ',' ' ' <<<"${grant#*=}"); do
    id=$(role_id "$role")
    if [ -z "$(az rest --method get --url "$assigned" --query "value[?principalId=='$who' && appRoleId=='$id'].id | [0]" --output tsv)" ]; then
      az rest --method post --url "$assigned" --body '{"principalId":"'"$who"'","resourceId":"'"$service"'","appRoleId":"'"$id"'"}' --output none
    fi
    echo "$who has $role."
  done
done

echo "$client"
