"""The group policy templates: whole, and about what the agent reads."""

import os
import re
import unittest
import xml.etree.ElementTree as tree

import packages

FOLDER = os.path.join(packages.HERE, "../../admx")
NS = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
SETTINGS = os.path.join(packages.HERE, "../../../../endpoint-agent/src/main/java/io/cordon/agent/os/windows/service/AgentSettings.java")


class Policies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.admx = tree.parse(os.path.join(FOLDER, "Cordon.admx")).getroot()
        cls.adml = tree.parse(os.path.join(FOLDER, "en-US/Cordon.adml")).getroot()
        with open(SETTINGS, encoding="utf-8") as f:
            cls.settings = f.read()

    def ids(self, name):
        return [e.get("id") for e in self.adml.iter(NS + name)]

    def references(self, kind):
        found = set()
        for element in self.admx.iter():
            for value in element.attrib.values():
                found |= set(re.findall(r"\$\(%s\.([A-Za-z0-9_]+)\)" % kind, value))
        return found

    def test_every_text_is_there_once_and_used(self):
        for kind, name in (("string", "string"), ("presentation", "presentation")):
            ids = self.ids(name)
            self.assertEqual(len(ids), len(set(ids)))
            self.assertEqual(set(ids), self.references(kind))

    def test_references_lead_somewhere(self):
        names = {e.get("name") for e in self.admx.iter() if e.tag in (NS + "category", NS + "definition")}
        for element in self.admx.iter():
            if element.tag in (NS + "parentCategory", NS + "supportedOn") and element.get("ref"):
                self.assertIn(element.get("ref"), names)

    def test_every_element_has_its_place_in_the_form(self):
        for policy in self.admx.iter(NS + "policy"):
            elements = {e.get("id") for e in policy.find(NS + "elements")}
            form = next(p for p in self.adml.iter(NS + "presentation") if "$(presentation.%s)" % p.get("id") == policy.get("presentation"))
            self.assertEqual({e.get("refId") for e in form}, elements)

    def test_order_and_attributes_are_those_of_the_schema(self):
        self.assertEqual([e.tag[len(NS):] for e in self.admx], ["policyNamespaces", "resources", "supportedOn", "categories", "policies"])
        self.assertEqual([e.tag[len(NS):] for e in self.adml], ["displayName", "description", "resources"])
        for policy in self.admx.iter(NS + "policy"):
            self.assertLessEqual({"name", "class", "displayName", "explainText", "presentation", "key"}, set(policy.attrib))
            self.assertEqual([e.tag[len(NS):] for e in policy], ["parentCategory", "supportedOn", "elements"])
            self.assertEqual(policy.get("class"), "Machine")
        for document in (self.admx, self.adml):
            self.assertEqual((document.get("revision"), document.get("schemaVersion")), ("1.0", "1.0"))

    def constant(self, name):
        return re.search(r'String %s = "([^"]+)"' % name, self.settings).group(1).replace("\\\\", "\\")

    def test_keys_and_values_are_those_that_the_agent_reads(self):
        self.assertEqual({p.get("key") for p in self.admx.iter(NS + "policy")}, {self.constant("POLICY")})
        names = {e.get("valueName") for p in self.admx.iter(NS + "policy") for e in p.find(NS + "elements")}
        self.assertEqual(names, {self.constant("SERVER_ADDRESS"), self.constant("LOG_LEVEL"), self.constant("ACL_MODE")})

    def test_levels_are_those_that_the_agent_knows(self):
        known = set(re.findall(r'"([a-z]+)", Level\.', self.settings))
        self.assertEqual(self.choice("LogLevel"), (known, "info"))

    def test_modes_are_those_that_the_agent_knows(self):
        self.assertEqual(self.choice("AclMode"), ({self.constant("AUTOMATIC"), self.constant("MANUAL")}, "automatic"))

    def choice(self, name):
        """What a policy offers, and which of it is shown first."""
        policy = next(p for p in self.admx.iter(NS + "policy") if p.get("name") == name)
        offered = [s.text for s in policy.iter(NS + "string")]
        self.assertEqual(len(set(offered)), len(offered))
        shown = next(p for p in self.adml.iter(NS + "presentation") if p.get("id") == name)
        return set(offered), offered[int(next(shown.iter(NS + "dropdownList")).get("defaultItem"))]
