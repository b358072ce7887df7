"""Who asks, and for what is there: schemathesis alone would ask as nobody, for ids that name nothing.

ROUNDS_WHO is an employee number of the sample, `auditor` or `nobody`; ROUNDS_ORIGIN is where the sample server listens.
"""

import os
import time
import uuid
import zlib

import requests
import schemathesis

ORIGIN = os.environ["ROUNDS_ORIGIN"]
WHO = os.environ["ROUNDS_WHO"]
PASSWORD = "Rounds-Sample-2026"
READY_S_MAX = 60
CLIENT = {"x-rounds-client": "schemathesis"}
MUTATIONS = ["add_note", "edit_customer", "plan_visit", "record_visit", "add_task", "record_call", "set_tier"]


class Person(requests.Session):
    def __init__(self, employee_no, password=PASSWORD):
        super().__init__()
        self.headers.update(CLIENT)
        self.device = str(uuid.uuid4())
        body = {"employee_no": employee_no, "password": password, "device_id": self.device, "device_name": "平板"}
        answer = self.post(f"{ORIGIN}/api/v1/session", json=body)
        assert answer.ok, answer.text
        self.session = answer.json()

    def ids(self, path, list_name):
        listed = self.get(f"{ORIGIN}/api/v1/{path}").json().get(list_name, [])
        return [one["id"] for one in listed if not one.get("is_this_one")]

    def rows(self):
        asked = {"device_id": self.device, "cookie": [], "limit": 5000, "pending": 0}
        answer = self.post(f"{ORIGIN}/api/v1/sync/pull", json=asked)
        assert answer.ok, answer.text
        page = answer.json()
        return [row for stream in page["streams"] for row in stream["put"]]


def wait_until_ready():
    end = time.monotonic() + READY_S_MAX
    while time.monotonic() < end:
        try:
            if requests.get(f"{ORIGIN}/api/v1/health", timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not become ready")


def auditor(administrator):
    """The sample has none: the administrator adds one, who changes the password shown once."""
    unit = administrator.ids("org-units", "org_units")[0]
    number = f"A{uuid.uuid4().hex[:6]}"
    new = {"employee_no": number, "name": "审计", "role": "auditor", "org_unit_id": unit}
    once = administrator.post(f"{ORIGIN}/api/v1/employees", json=new).json()["password"]
    Person(number, once).post(f"{ORIGIN}/api/v1/session/password", json={"current": once, "new": PASSWORD})
    return Person(number)


def known(person, administrator):
    """What the path's ids may name, by the path's noun; one's own account and device are left alone."""
    manager = Person("1001")
    rows = manager.rows()
    file = "客户编号,客户名称,管户经理工号\nS-1,新,1001\nS-2,新,9999\n".encode()
    for _ in range(2):
        Person("3001").post(f"{ORIGIN}/api/v1/imports", data=file, headers={"x-rounds-file-name": "list.csv"})
    signs_in = {one.session["actor"]["employee_id"] for one in (manager, administrator, person)}
    employees = [one for one in administrator.ids("employees", "employees") if one not in signs_in]
    return {
        "customers": [row["customer"]["id"] for row in rows if "customer" in row][:5],
        "photos": [row["photo"]["id"] for row in rows if "photo" in row] or [str(uuid.uuid4())],
        # Who signs in for a later run stays as they are.
        "employees": employees[:1],
        "org-units": administrator.ids("org-units", "org_units"),
        "books": administrator.ids("books", "books"),
        "devices": person.ids("devices", "devices"),
        "imports": Person("3001").ids("imports", "imports"),
    }


wait_until_ready()
ASKER, KNOWN = None, {}
# Nobody comes last: by then passwords have been changed, and they are told the same whatever they name.
if WHO != "nobody":
    ADMINISTRATOR = Person("9001")
    ASKER = auditor(ADMINISTRATOR) if WHO == "auditor" else Person(WHO)
    KNOWN = known(ASKER, ADMINISTRATOR)


@schemathesis.hook
def after_load_schema(context, schema):
    """Nothing undocumented: a field that is not described is a fault."""
    for body in schema.raw_schema["components"]["schemas"].values():
        body["additionalProperties"] = False


@schemathesis.hook
def before_call(context, case, kwargs):
    if ASKER is not None:
        cookies = "; ".join(f"{one.name}={one.value}" for one in ASKER.cookies)
        case.headers = {**(case.headers or {}), "Cookie": cookies}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Mostly something that is there."""
    chosen = zlib.crc32(str(path_parameters.get("id")).encode()) if path_parameters else 0
    there = KNOWN.get(context.operation.path.split("/")[3], [])
    if path_parameters and "id" in path_parameters and there and chosen % 4:
        path_parameters["id"] = there[chosen % len(there)]
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """Pushes and pulls of another device are refused before anything of them is read."""
    if ASKER is None or not isinstance(body, dict) or "/sync/" not in context.operation.path:
        return body
    body["device_id"] = ASKER.device
    for at, mutation in enumerate(body.get("mutations") or [], start=1):
        if isinstance(mutation, dict):
            mutation["seq"] = at
            mutation["name"] = MUTATIONS[zlib.crc32(str(mutation.get("id")).encode()) % len(MUTATIONS)]
            if isinstance(mutation.get("args"), dict) and KNOWN["customers"]:
                mutation["args"]["customer_id"] = KNOWN["customers"][0]
    return body
