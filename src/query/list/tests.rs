//! A list that follows the changes is the list that is made anew.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{
    model::{
        Annotation, Flag, Item, LabelId, Layer, Project, Relation,
        edit::{Change, Home, apply},
    },
    query::{
        Relations, SpanIndex,
        testing::{id, names, project, relation, relation_id},
    },
    text::{ByteRange, Fragments},
};

/// What becomes of one row; what the model refuses is left out.
#[derive(Clone, Debug)]
enum Edit {
    /// A mark on one of three words, with or without a flag; gone without a word.
    Mark(u64, Option<usize>, Option<Flag>),
    /// A relation of these marks and of the relation 8, if there is any.
    Relate(u64, Vec<u64>),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let flag = prop::option::of(prop_oneof![Just(Flag::Flag), Just(Flag::Question)]);
    let mark = (1u64..7, prop::option::of(0usize..3), flag).prop_map(|(n, word, flag)| Edit::Mark(n, word, flag));
    let items = prop::collection::vec(prop_oneof![1u64..7, Just(8u64)], 0..3);
    let relate = (8u64..12, items).prop_map(|(n, items)| Edit::Relate(n, items));
    prop::collection::vec(prop_oneof![mark, relate], 1..24)
}

fn change(project: &Project, edit: &Edit) -> Change {
    let (article, annotator) = names();
    // A layer from which the last row went is none any more.
    let blank = Layer::default();
    let layer = project.layer(&article, &annotator).unwrap_or(&blank);
    match edit {
        Edit::Mark(n, word, flag) => {
            let mark = |word: usize| {
                let fragments = Fragments::one(ByteRange::new(4 * word, 4 * word + 3)).unwrap();
                let mut mark = Annotation::new(LabelId::new("claim").unwrap(), fragments, 1);
                mark.flag = *flag;
                Arc::new(mark)
            };
            let (before, after) = (layer.annotation(id(*n)).cloned(), word.map(mark));
            Change::Annotation { article, annotator, id: id(*n), before, after }
        }
        Edit::Relate(n, items) => {
            let item = |n: &u64| if *n < 8 { Item::from(id(*n)) } else { relation_id(*n).into() };
            let items: Vec<Item> = items.iter().map(item).collect();
            let after = (!items.is_empty()).then(|| Arc::new(relation("pair", &items)));
            let before = layer.relations().get(relation_id(*n)).cloned();
            Change::Relation { home: Home::Article(article), annotator, id: relation_id(*n), before, after }
        }
    }
}

fn words(project: &Project, annotation: &Annotation) -> String {
    annotation.fragments.words(project.text(&names().0).unwrap())
}

fn marks(list: &mut MarkList, project: &Project, filter: &Filter, order: MarkOrder) -> Vec<u64> {
    let (article, annotator) = names();
    // A layer from which the last row went is none any more.
    let blank = Layer::default();
    let layer = project.layer(&article, &annotator).unwrap_or(&blank);
    let index = SpanIndex::of(layer);
    let said = |annotation: &Annotation| words(project, annotation);
    let source = MarkSource { article: &article, codebook: project.codebook(), layer, index: &index, said: &said };
    list.follow(&source, filter, order);
    let ids: Vec<_> = (0..list.len(&source)).map(|row| list.get(&source, row).unwrap()).collect();
    ids.iter().enumerate().for_each(|(row, id)| assert_eq!(list.position(&source, *id), Some(row)));
    ids.into_iter().map(|id| id.0.as_u64()).collect()
}

fn relations(list: &mut RelationList, project: &Project, filter: &Filter, order: RelationOrder) -> Vec<u64> {
    let (article, annotator) = names();
    let relations = Relations::new(project, &article, &annotator);
    let said = |relation: &Relation| {
        let marks = relations.marks(relation);
        marks.iter().filter_map(|mark| relations.annotation(mark)).map(|mark| words(project, mark)).collect()
    };
    list.follow(RelationSource { relations, said: &said }, filter, order);
    let ids: Vec<_> = (0..list.len()).map(|row| list.get(row).unwrap()).collect();
    ids.iter().enumerate().for_each(|(row, id)| assert_eq!(list.position(*id), Some(row)));
    ids.into_iter().map(|id| id.0.as_u64()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn a_list_that_follows_is_one_made_anew(edits in edits(), typed in prop_oneof![Just(""), Just("one"), Just("O w")]) {
        let (filter, mut project) = (Filter::new(typed), project());
        let mut by_flag = MarkList::default();
        let mut by_place = MarkList::default();
        let mut by_time = MarkList::default();
        let mut of_relations = RelationList::default();
        for edit in &edits {
            let change = change(&project, edit);
            if apply(&mut project, &[change]).is_err() {
                continue;
            }
            for (list, order) in [(&mut by_flag, MarkOrder::Flags), (&mut by_place, MarkOrder::Place), (&mut by_time, MarkOrder::Newest)] {
                let anew = marks(&mut MarkList::default(), &project, &filter, order);
                prop_assert_eq!(marks(list, &project, &filter, order), anew);
            }
            let anew = relations(&mut RelationList::default(), &project, &filter, RelationOrder::Place);
            prop_assert_eq!(relations(&mut of_relations, &project, &filter, RelationOrder::Place), anew);
        }
    }
}

#[test]
fn a_list_follows_a_layer_until_nothing_is_left() {
    let (mut project, all) = (project(), Filter::default());
    let (mut of_marks, mut of_relations) = (MarkList::default(), RelationList::default());
    let edits = [Edit::Relate(9, Vec::new()), Edit::Relate(8, Vec::new())].into_iter();
    for edit in edits.chain([1, 3, 2].map(|mark| Edit::Mark(mark, None, None))) {
        let change = change(&project, &edit);
        apply(&mut project, &[change]).unwrap();
        marks(&mut of_marks, &project, &all, MarkOrder::Place);
        relations(&mut of_relations, &project, &all, RelationOrder::Place);
    }
    assert_eq!(marks(&mut of_marks, &project, &all, MarkOrder::Place), [0; 0]);
    assert_eq!(relations(&mut of_relations, &project, &all, RelationOrder::Place), [0; 0]);
}

#[test]
fn rows_stand_in_the_order_that_is_asked_for() {
    let mut project = project();
    let edits = [Edit::Mark(2, Some(1), Some(Flag::Question)), Edit::Mark(3, Some(2), Some(Flag::Flag))];
    edits.iter().for_each(|edit| {
        let change = change(&project, edit);
        apply(&mut project, &[change]).unwrap();
    });
    let all = Filter::default();
    assert_eq!(marks(&mut MarkList::default(), &project, &all, MarkOrder::Place), [1, 2, 3]);
    assert_eq!(marks(&mut MarkList::default(), &project, &all, MarkOrder::Flags), [3, 2, 1]);
    let again = change(&project, &Edit::Mark(4, Some(0), None));
    apply(&mut project, &[again]).unwrap();
    assert_eq!(marks(&mut MarkList::default(), &project, &all, MarkOrder::Newest), [4, 3, 2, 1], "whatever the place");
    assert_eq!(marks(&mut MarkList::default(), &project, &Filter::new("SIX"), MarkOrder::Flags), [3]);
    assert_eq!(relations(&mut RelationList::default(), &project, &all, RelationOrder::Kind), [8, 9]);
    assert_eq!(relations(&mut RelationList::default(), &project, &Filter::new("six"), RelationOrder::Place), [9]);
}

#[test]
fn another_layer_is_another_list() {
    let (project, blank) = (project(), Layer::default());
    let (article, annotator) = names();
    let mut list = MarkList::default();
    assert_eq!(marks(&mut list, &project, &Filter::default(), MarkOrder::Flags), [1, 2, 3]);
    let index = SpanIndex::of(&blank);
    let codebook = project.codebook();
    let said = |_: &Annotation| String::new();
    let source = MarkSource { article: &article, codebook, layer: &blank, index: &index, said: &said };
    list.follow(&source, &Filter::default(), MarkOrder::Flags);
    assert_eq!(list.len(&source), 0);
    assert!(project.layer(&article, &annotator).is_some());
}
