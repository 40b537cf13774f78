//! Model to ir: what documents would have to say for the model to be true.

use crate::ir::{
    Command, Coverage, Domain, Event, Head, Member, Primitive, QName, Range, Spanned, TypeDef,
    TypeExpr,
};
use crate::model::{self, About, Literal, Protocol, Shape, Type};
use crate::source::Span;

/// A statement of every domain.
pub(crate) fn domains(protocol: &Protocol) -> Vec<Domain> {
    let writer = Statements { protocol };
    protocol
        .domains
        .iter()
        .map(|domain| writer.domain(domain))
        .collect()
}

struct Statements<'a> {
    protocol: &'a Protocol,
}

impl Statements<'_> {
    fn domain(&self, domain: &model::Domain) -> Domain {
        let types = domain.types.iter();
        let dependencies = domain.dependencies.iter();
        let mut head = head(&domain.about);
        let some = domain.some.clone();
        head.coverage.some = some.map(|why| at(domain.about.span, why));
        Domain {
            head,
            dependencies: dependencies
                .map(|dependency| at(dependency.span, dependency.domain.clone()))
                .collect(),
            types: types
                .map(|&id| self.type_def(self.protocol.type_def(id)))
                .collect(),
            commands: domain
                .commands
                .iter()
                .map(|item| self.command(item))
                .collect(),
            events: domain.events.iter().map(|item| self.event(item)).collect(),
        }
    }

    fn type_def(&self, item: &model::TypeDef) -> TypeDef {
        let (base, members, known) = match &item.shape {
            Shape::Object(members) => (TypeExpr::Primitive(Primitive::Object), &members[..], None),
            Shape::Enum(known) => (TypeExpr::Primitive(Primitive::String), &[][..], Some(known)),
            Shape::Alias(ty) => (self.ty(ty), &[][..], None),
        };
        TypeDef {
            head: head(&item.about),
            base: at(item.about.span, base),
            properties: self.members(members),
            literals: known.map(|known| literals(known)).unwrap_or_default(),
        }
    }

    fn command(&self, item: &model::Command) -> Command {
        let redirect = item.redirect.clone();
        Command {
            head: head(&item.about),
            redirect: redirect.map(|domain| at(item.about.span, domain)),
            parameters: self.members(&item.parameters),
            returns: self.members(&item.returns),
        }
    }

    fn event(&self, item: &model::Event) -> Event {
        Event {
            head: head(&item.about),
            parameters: self.members(&item.parameters),
        }
    }

    fn members(&self, members: &[model::Member]) -> Vec<Member> {
        let members = members.iter().map(|member| {
            let span = member.about.span;
            let stated = member.optional && !member.optional_inferred;
            Member {
                head: head(&member.about),
                optional: stated.then(|| at(span, true)),
                ty: at(span, self.ty(&member.ty)),
                literals: literals(&member.literals),
                range: member.range.as_ref().map(|range| Range {
                    bounds: at(span, range.bounds),
                    why: range.why.clone(),
                }),
            }
        });
        members.collect()
    }

    fn ty(&self, ty: &Type) -> TypeExpr {
        let primitive = match ty {
            Type::Integer => Primitive::Integer,
            Type::Number => Primitive::Number,
            Type::Boolean => Primitive::Boolean,
            Type::String => Primitive::String,
            Type::Object => Primitive::Object,
            Type::Any => Primitive::Any,
            Type::Binary => Primitive::Binary,
            Type::Array(item) => {
                return TypeExpr::Array(item.as_ref().map(|item| Box::new(self.ty(item))));
            }
            Type::Ref(id) => {
                let target = self.protocol.type_def(*id);
                return TypeExpr::Ref(QName {
                    domain: self.protocol.domain(target.domain).about.name.clone(),
                    name: target.about.name.clone(),
                });
            }
            Type::External(domain, name) => {
                return TypeExpr::Ref(QName {
                    domain: domain.clone(),
                    name: name.clone(),
                });
            }
        };
        TypeExpr::Primitive(primitive)
    }
}

fn at<T>(span: Span, value: T) -> Spanned<T> {
    Spanned { value, span }
}

/// Reasons stay behind: they say why overlays exist, and this is none.
fn head(about: &About) -> Head {
    Head {
        name: at(about.span, about.name.clone()),
        experimental: about.experimental.then_some(about.span),
        deprecated: about.deprecated.then_some(about.span),
        text: (!about.text.is_empty()).then(|| at(about.span, about.text.clone())),
        reason: None,
        coverage: Coverage {
            part: about.part.clone().map(|why| at(about.span, why)),
            ..Coverage::default()
        },
    }
}

fn literals(literals: &[Literal]) -> Vec<Spanned<String>> {
    let literals = literals.iter();
    literals
        .map(|literal| at(literal.span, literal.text.clone()))
        .collect()
}
