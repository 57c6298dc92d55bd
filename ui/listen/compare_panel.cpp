// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/compare_panel.h"

#include "ui/listen/source_card.h"
#include "ui/listen/source_menu.h"
#include "ui/text/decibel_text.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"
#include "ui/widgets/fraction_bar.h"
#include "ui/widgets/heading.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {
namespace {

QString letterOf(int which) {
    return which == 0 ? QStringLiteral("A") : QStringLiteral("B");
}

} // namespace

ComparePanel::ComparePanel(ListenModel& model, SourceMenu& menu, QWidget* parent)
    : QWidget(parent), model_(model), menu_(menu), focus_(new QComboBox),
      x_(new SourceCard(QStringLiteral("X"))), verdict_(new QLabel),
      match_(new QCheckBox(tr("Match loudness of A, B and X"))) {
    build();
    connect(x_, &QPushButton::clicked, this, [this] {
        model_.hear(ListenModel::X);
        refresh();
    });
    connect(match_, &QCheckBox::toggled, &model_, &ListenModel::setMatchLoudness);
    connect(focus_, &QComboBox::activated, this,
            [this](int index) { model_.setFocus(model_.compared().at(static_cast<std::size_t>(index))); });
    connect(&model_, &ListenModel::lanesChanged, this, &ComparePanel::refresh);
    connect(&model_, &ListenModel::mixChanged, this, &ComparePanel::refresh);
    connect(&model_, &ListenModel::meteringChanged, this, &ComparePanel::refresh);
    connect(&model_, &ListenModel::blindTestChanged, this, &ComparePanel::refresh);
    refresh();
}

void ComparePanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em(0.5));
    column->addWidget(heading(tr("Compare")));
    focus_->setFocusPolicy(Qt::TabFocus);
    focus_->setAccessibleName(tr("Stem to compare"));
    column->addWidget(focus_);
    for (const int which : {0, 1})
        column->addWidget(buildSource(which));
    column->addWidget(x_);
    auto* guesses = new QHBoxLayout;
    guesses->setSpacing(em(0.5));
    for (const int which : {0, 1}) {
        auto*& guess = guesses_[static_cast<std::size_t>(which)];
        guess = new QPushButton(tr("X is %1").arg(letterOf(which)));
        guess->setFocusPolicy(Qt::TabFocus);
        guesses->addWidget(guess);
        connect(guess, &QPushButton::clicked, this, [this, which] {
            const bool isRight = model_.guess(which == 0 ? ListenModel::A : ListenModel::B);
            verdict_->setText(isRight ? tr("Correct. A new X has been chosen.")
                                      : tr("Wrong. A new X has been chosen."));
        });
    }
    column->addLayout(guesses);
    verdict_->setFont(textFont(TextSize::Small));
    verdict_->setProperty("second", true);
    column->addWidget(verdict_);
    column->addWidget(heading(tr("Loudness")));
    match_->setChecked(true);
    match_->setFocusPolicy(Qt::TabFocus);
    match_->setToolTip(
        tr("The louder source is attenuated to match the other (EBU R 128); none is amplified"));
    column->addWidget(match_);
    for (Source& source : sources_) {
        source.loudness = new QLabel;
        source.loudness->setFont(textFont(TextSize::Small));
        column->addWidget(source.loudness);
    }
    for (const int which : {0, 1})
        column->addWidget(buildProgress(which));
}

QWidget* ComparePanel::buildSource(int which) {
    Source& source = sources_[static_cast<std::size_t>(which)];
    const QString letter = letterOf(which);
    source.card = new SourceCard(letter);
    source.choose = new QToolButton;
    source.choose->setProperty("button", true);
    source.choose->setText(QStringLiteral("…"));
    source.choose->setFocusPolicy(Qt::TabFocus);
    source.choose->setPopupMode(QToolButton::InstantPopup);
    source.choose->setToolTip(tr("Choose source %1").arg(letter));
    source.choose->setAccessibleName(source.choose->toolTip());
    source.choose->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    source.choose->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto* menu = new QMenu(source.choose);
    source.choose->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, which] {
        menu_.fill(*menu, [this, which](const ListenSource& chosen) {
            model_.slot(which).setSource(chosen);
            model_.restartBlindTest();
        });
    });
    connect(source.card, &QPushButton::clicked, this, [this, which] {
        if (model_.slot(which).source().kind == ListenSource::Kind::None)
            sources_[static_cast<std::size_t>(which)].choose->showMenu();
        else
            model_.hear(which == 0 ? ListenModel::A : ListenModel::B);
        refresh();
    });
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(em(0.3));
    row->addWidget(source.card, 1);
    row->addWidget(source.choose);
    return box;
}

QWidget* ComparePanel::buildProgress(int which) {
    Source& source = sources_[static_cast<std::size_t>(which)];
    source.progress = new QWidget;
    source.bar = new FractionBar;
    source.bar->setTextVisible(false);
    source.bar->setFixedHeight(em(0.7));
    source.bar->setAccessibleName(tr("Separation of %1").arg(letterOf(which)));
    source.state = new QLabel;
    source.state->setFont(textFont(TextSize::Small));
    source.state->setWordWrap(true);
    source.cancel = new QToolButton;
    source.cancel->setProperty("button", true);
    source.cancel->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(source.progress);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(source.bar, 1);
    row->addWidget(source.state, 1);
    row->addWidget(source.cancel);
    connect(source.cancel, &QToolButton::clicked, this, [this, which] {
        SourceSlot& slot = model_.slot(which);
        if (slot.state() == SourceSlot::State::Waiting || slot.state() == SourceSlot::State::Separating)
            slot.cancel();
        else
            slot.retry();
    });
    return source.progress;
}

void ComparePanel::refresh() {
    refreshSource(0);
    refreshSource(1);
    refreshBlind();
    refreshFocus();
}

/// Fills the box only if the stems changed, because that lays out the panel.
void ComparePanel::refreshFocus() {
    const std::vector<std::string>& stems = model_.compared();
    if (stems != focusStems_) {
        focusStems_ = stems;
        focus_->clear();
        for (const std::string& stem : stems)
            focus_->addItem(stemTitle(stem));
    }
    const auto chosen = std::ranges::find(stems, model_.focus()) - stems.begin();
    focus_->setCurrentIndex(static_cast<int>(chosen));
    focus_->setVisible(stems.size() > 1);
}

QString ComparePanel::scoreText(int which) const {
    const auto& sdr = model_.metering(which).sdr();
    return sdr && sdr->cSdr ? ComparePanel::tr("cSDR %1 dB on this song").arg(decibelText(*sdr->cSdr))
                            : QString();
}

void ComparePanel::refreshSource(int which) {
    const Source& source = sources_[static_cast<std::size_t>(which)];
    const ListenSource& chosen = model_.slot(which).source();
    const bool hasSource = chosen.kind != ListenSource::Kind::None;
    const QString score = model_.isBlind() ? QString() : scoreText(which);
    const QString detail = score.isEmpty() ? chosen.detail : score + QStringLiteral(", ") + chosen.detail;
    source.card->show(hasSource ? chosen.title : tr("Choose a source"),
                      hasSource ? detail : tr("a checkpoint, a file or the ground truth"));
    source.card->setChecked(hasSource && model_.heard() == which);
    refreshLoudness(which);
    refreshProgress(which);
}

void ComparePanel::refreshLoudness(int which) {
    const Source& source = sources_[static_cast<std::size_t>(which)];
    const bool hasSource = model_.slot(which).source().kind != ListenSource::Kind::None;
    const auto& loudness = model_.metering(which).loudness();
    source.loudness->setVisible(hasSource && loudness.has_value() && !model_.isBlind());
    if (!loudness)
        return;
    const QString letter = letterOf(which);
    source.loudness->setText(loudness->integrated ? tr("%1   %2 LUFS   gain %3 dB")
                                                        .arg(letter, decibelText(*loudness->integrated),
                                                             decibelText(model_.matchGain(which)))
                                                  : tr("%1   silent").arg(letter));
}

void ComparePanel::refreshProgress(int which) {
    using State = SourceSlot::State;
    const Source& source = sources_[static_cast<std::size_t>(which)];
    const SourceSlot& slot = model_.slot(which);
    const bool isModel = slot.source().kind == ListenSource::Kind::Model;
    const bool busy = slot.state() == State::Waiting || slot.state() == State::Separating;
    source.progress->setVisible(isModel && slot.state() != State::Empty);
    source.bar->setVisible(busy);
    source.bar->setFraction(slot.share());
    source.cancel->setVisible(slot.state() != State::Ready);
    source.cancel->setText(busy ? tr("Cancel") : tr("Retry"));
    if (slot.state() != State::Empty)
        source.state->setText(stateText(which));
    source.state->setToolTip(plainToolTip(slot.notices().join('\n')));
}

QString ComparePanel::stateText(int which) const {
    const SourceSlot& slot = model_.slot(which);
    const QString letter = letterOf(which);
    switch (slot.state()) {
    case SourceSlot::State::Waiting:
        return tr("%1: waiting").arg(letter);
    case SourceSlot::State::Separating:
        return tr("%1: %2 % (%3)").arg(letter).arg(qRound(slot.share() * 100)).arg(slot.device());
    case SourceSlot::State::Ready:
        return tr("%1: separated (%2)").arg(letter, slot.device());
    case SourceSlot::State::Canceled:
        return tr("%1: canceled").arg(letter);
    case SourceSlot::State::Failed:
        return tr("%1: failed").arg(letter);
    case SourceSlot::State::Empty:
        break;
    }
    return {};
}

void ComparePanel::refreshBlind() {
    const BlindTest& test = model_.blindTest();
    const bool possible = model_.canBeBlind();
    x_->setVisible(possible);
    x_->setChecked(model_.isBlind());
    x_->show(tr("A or B, hidden"), test.guesses() == 0 ? tr("blind test")
                                                       : tr("%1 of %2 correct, p = %3")
                                                             .arg(test.right())
                                                             .arg(test.guesses())
                                                             .arg(test.pValue(), 0, 'f', 2));
    for (QPushButton* guess : guesses_)
        guess->setVisible(possible && model_.isBlind());
    if (!model_.isBlind())
        verdict_->clear();
    verdict_->setVisible(model_.isBlind() && !verdict_->text().isEmpty());
}

} // namespace headroom::ui
