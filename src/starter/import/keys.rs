//! What a column may say of controls, and the heads by which it is known.

macro_rules! keys {
    ($($key:ident = $name:literal: $($head:literal)*;)*) => {
        /// What a column says of controls.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($key,)*
        }

        impl Key {
            pub const ALL: &[Self] = &[$(Self::$key),*];

            /// The key of a manifest.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$key => $name,)*
                }
            }

            /// Heads that mean it, as `plain` leaves them.
            pub const fn heads(self) -> &'static [&'static str] {
                match self {
                    $(Self::$key => &[$($head),*],)*
                }
            }
        }
    };
}

// What is left out is left out on purpose: how often a control is tested, what an auditor asks for, and who owns a risk or
// a process are no statements about the control.
keys! {
    Id = "id":
        "id" "controlid" "controlids" "controlno" "controlnumber" "controlnr" "controlref" "controlreference"
        "controlcode" "controlidentifier" "controlkey" "uniquecontrolid" "refid" "refno" "ref" "referenceid" "code";
    Title = "title":
        "title" "controltitle" "name" "controlname" "shortname" "summary" "controlsummary";
    Description = "description":
        "description" "controldescription" "descriptionofcontrol" "controlactivity" "controlactivities"
        "controlactivitydescription" "controlstatement" "controltext" "controlspecification" "controlwording";
    Owner = "owner":
        "owner" "owners" "controlowner" "controlowners" "ownerteam" "ownerrole" "team" "responsible" "responsibleparty"
        "responsibleperson" "responsibleteam" "responsibility" "controlperformer" "performer" "assignedto";
    Area = "area":
        "area" "controlarea" "domain" "controldomain" "category" "controlcategory" "family" "controlfamily" "theme";
    Effective = "effective":
        "effective" "effectivedate" "effectivefrom" "effectivesince" "ineffectsince" "since" "startdate"
        "implementationdate" "implementedon" "dateimplemented" "operatingsince";
    Every = "every":
        "every" "frequency" "controlfrequency" "frequencyofcontrol" "frequencyofoperation" "operatingfrequency"
        "operationfrequency" "controloperationfrequency" "cadence" "interval" "howoften" "häufigkeit" "frequentie"
        "fréquence";
    Criteria = "criteria":
        "criteria" "criterion" "criteriaid" "criteriaids" "criterionid" "criteriaref" "criteriareference"
        "criteriareferences" "criteriamapping" "relatedcriteria" "applicablecriteria" "commoncriteria" "tsc" "tscs"
        "tscid" "tscref" "tscreference" "tscmapping" "tsccriteria" "tsccriterion" "aicpatsc" "trustservicescriteria"
        "trustservicecriteria" "trustservicescriterion" "trustservicecriterion" "trustservicescriteriaid" "soc2"
        "soc2criteria" "soc2tsc" "soc2ref" "soc2reference" "soc2mapping" "iso" "iso27001" "iso27001control"
        "iso27001controls" "iso27001annexa" "iso27001mapping" "iso27001reference" "iso270012022" "isoiec27001"
        "isoiec270012022" "annexa" "annexacontrol" "isoreference" "nist" "nistcsf" "nistcsf20" "nistmapping" "csf"
        "nist80053" "nistsp80053" "reference" "references" "mapping" "mappings" "mapsto" "mappedto" "controlmapping"
        "frameworkmapping" "frameworkmappings" "frameworkreference" "requirementid" "requirementids"
        "linkedrequirements";
    Catalogue = "catalogue":
        "catalogue" "catalog" "framework" "frameworks" "standard" "standards" "controlframework";
    Design = "design":
        "design" "designevidence" "evidenceofdesign" "designdocumentation" "policy" "policies" "policyreference"
        "policyref" "policylink" "policydocument" "policydocuments" "relatedpolicy" "relatedpolicies" "procedure"
        "procedures" "policyprocedure" "policiesandprocedures" "policiesprocedures";
    Operating = "operating":
        "operating" "operatingevidence" "evidenceofoperation" "operationevidence" "operatingeffectivenessevidence"
        "evidence" "evidences" "evidencelink" "evidencelinks" "evidenceurl" "evidencelocation" "evidencefile"
        "evidencefiles" "evidencepath" "evidencereference" "evidenceref" "evidenceid" "evidenceids" "controlevidence"
        "linktoevidence" "nachweis" "nachweise" "bewijs" "preuve";
    InheritedFrom = "inherited-from":
        "inheritedfrom" "inherited" "performedby" "subserviceorganization" "subserviceorganisation" "thirdparty";
    Status = "status":
        "status" "controlstatus" "implementationstatus" "statusofimplementation" "state";
    Reports = "reports":
        "report" "reports" "reportid" "inreport" "inreports" "partofreport";
}

impl Key {
    /// Whether a control may state several.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Criteria | Self::Design | Self::Operating | Self::Reports)
    }

    pub fn named(word: &str) -> Option<Self> {
        let plain = plain(word);
        let mut all = Self::ALL.iter().copied();
        all.find(|key| self::plain(key.name()) == plain || *key == Self::Reports && plain == "report")
    }
}

/// A head without case, blanks and punctuation.
pub fn plain(head: &str) -> String {
    let letters = head.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Too long for a head that anyone knows.
const LONGEST: usize = 60;

/// The key that a head means.
pub fn meant(head: &str) -> Option<Key> {
    if head.len() > LONGEST {
        return None;
    }
    let plain = plain(head);
    let mut all = Key::ALL.iter().copied();
    all.find(|key| key.heads().contains(&plain.as_str()))
}

/// Whether a head names the control itself: by its id, or in words where another column has the id.
pub fn is_control(head: &str) -> bool {
    head.len() <= LONGEST && matches!(plain(head).as_str(), "control" | "controls")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn each_head_means_one_key() {
        let mut seen = BTreeMap::new();
        for key in Key::ALL {
            for head in key.heads() {
                assert_eq!(*head, plain(head), "{head}");
                assert_eq!(seen.insert(*head, *key), None, "{head}");
            }
        }
        assert_eq!(meant(" Control-ID "), Some(Key::Id));
        assert_eq!(meant("Frequency of operation"), Some(Key::Every));
        for other in [
            "Test Frequency",
            "Evidence Required",
            "Risk owner",
            "Process Owner",
            "Risk rating",
            "",
        ] {
            assert_eq!(meant(other), None, "{other}");
        }
    }
}
