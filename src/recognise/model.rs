//! The sequence model: how likely each word is to belong to the name of a place, by everything that stands around it.
//!
//! A linear-chain conditional random field over the folded tokens of a sentence with the labels outside, begins,
//! inside. Its features are hashed ([`features`]); its weights are whole numbers of one byte ([`table`]), learned by
//! `dalil train recognise` ([`train`]) from the corpora that `geodata/model/corpora.tsv` lists.

pub mod chain;
pub(in crate::recognise) mod features;
pub mod table;
pub mod train;

use std::sync::OnceLock;

use crate::lang::Lang;
use crate::text::Text;

use self::chain::{Chain, LABELS};
use self::features::Observed;
use self::table::Table;

/// Bounds of the published log odds: beyond them a few more features say nothing new.
const MAX_LOG_ODDS: f32 = 8.0;

/// A model of one language.
#[derive(Debug)]
pub struct Model {
    table: Table,
    chain: Chain,
}

/// The models of the three languages, in a folder.
#[derive(Debug)]
pub struct Models {
    ar: Model,
    fr: Model,
    en: Model,
}

impl Models {
    /// Reads `ar.crf`, `fr.crf` and `en.crf`; `read` gives the bytes of a file.
    ///
    /// # Errors
    /// That of `read`, or what was found and what was expected in a file that is no model.
    pub fn read(mut read: impl FnMut(&str) -> Result<Vec<u8>, String>) -> Result<Models, String> {
        let mut model = |name: &str| Model::read(&read(name)?).map_err(|e| format!("{name}: {e}"));
        Ok(Models { ar: model("ar.crf")?, fr: model("fr.crf")?, en: model("en.crf")? })
    }

    /// The model of a language.
    pub fn of(&self, lang: Lang) -> &Model {
        match lang {
            Lang::Ar => &self.ar,
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// What a model believes of each token of a text.
#[derive(Debug)]
pub(in crate::recognise) struct Belief {
    /// Log odds that the token belongs to a name.
    pub(in crate::recognise) inside: Vec<f32>,
    /// Probability that it is the first of one.
    pub(in crate::recognise) begins: Vec<f32>,
}

impl Model {
    /// The embedded model of a language, read once.
    ///
    /// # Panics
    /// When the embedded file is broken: a test reads all three, so a release has none.
    pub fn of(lang: Lang) -> &'static Model {
        static AR: OnceLock<Model> = OnceLock::new();
        static FR: OnceLock<Model> = OnceLock::new();
        static EN: OnceLock<Model> = OnceLock::new();
        let cell = match lang {
            Lang::Ar => &AR,
            Lang::Fr => &FR,
            Lang::En => &EN,
        };
        cell.get_or_init(|| Model::read(Model::embedded(lang)).unwrap_or_else(|e| panic!("{e}")))
    }

    /// The bytes of the embedded model, for who must tell which one it was.
    pub fn embedded(lang: Lang) -> &'static [u8] {
        match lang {
            Lang::Ar => include_bytes!("../../geodata/model/ar.crf"),
            Lang::Fr => include_bytes!("../../geodata/model/fr.crf"),
            Lang::En => include_bytes!("../../geodata/model/en.crf"),
        }
    }

    /// Reads a model from the bytes that [`train::Learned::bytes`] wrote.
    ///
    /// # Errors
    /// What was found and what was expected, when the bytes are no model of this version.
    pub fn read(bytes: &[u8]) -> Result<Model, String> {
        let (table, chain) = table::read(bytes)?;
        Ok(Model { table, chain })
    }

    /// What the model believes of each token.
    pub(in crate::recognise) fn belief(&self, text: &Text<'_>, observed: &Observed<'_>) -> Belief {
        let count = text.tokens.len();
        let mut belief = Belief { inside: vec![-MAX_LOG_ODDS; count], begins: vec![0.0; count] };
        let mut scores: Vec<[f32; LABELS]> = Vec::new();
        let mut work = chain::Work::default();
        for sentence in &text.sentences {
            scores.clear();
            for token in sentence.clone() {
                let sum = self.table.sum(&observed.features(token));
                scores.push([0.0, sum[0] as f32 * self.table.scale, sum[1] as f32 * self.table.scale]);
            }
            self.chain.marginals(&scores, &mut work);
            for (at, marginal) in work.marginals.iter().enumerate() {
                let token = sentence.start + at;
                let inside = marginal[1] + marginal[2];
                belief.begins[token] = marginal[1];
                belief.inside[token] = (inside / marginal[0].max(f32::MIN_POSITIVE)).ln().clamp(-MAX_LOG_ODDS, MAX_LOG_ODDS);
            }
        }
        belief
    }
}
