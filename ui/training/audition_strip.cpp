// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/audition_strip.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

namespace headroom::ui {
namespace {

/// Whether `longer` is `shorter` with none or more added at its end.
bool isContinued(const std::vector<RunHistory::Audition>& shorter,
                 const std::vector<RunHistory::Audition>& longer) {
    return !shorter.empty() && shorter.size() <= longer.size() &&
           shorter.back().saved.folder == longer[shorter.size() - 1].saved.folder &&
           shorter.back().saved.stems == longer.back().saved.stems;
}

} // namespace

AuditionStrip::AuditionStrip(QWidget* parent)
    : QWidget(parent), title_(new QLabel), stem_(new QComboBox), strip_(new QWidget),
      row_(new QHBoxLayout(strip_)), buttons_(new QButtonGroup(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title_);
    stem_->setAccessibleName(tr("Stem to listen to"));
    row->addWidget(stem_);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(2);
    row_->addStretch();
    auto* area = new QScrollArea;
    area->setWidget(strip_);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus); // its buttons have it
    area->setFixedHeight(stem_->sizeHint().height() + area->horizontalScrollBar()->sizeHint().height());
    row->addWidget(area, 1);
    buttons_->setExclusive(false); // so that a second click stops
    connect(buttons_, &QButtonGroup::idToggled, this, &AuditionStrip::play);
    connect(stem_, &QComboBox::activated, this, [this] {
        for (QAbstractButton* button : buttons_->buttons()) {
            if (button->isChecked())
                play(buttons_->id(button), true);
        }
    });
    // New epochs come into view unless the user has scrolled back.
    connect(area->horizontalScrollBar(), &QScrollBar::rangeChanged, this,
            [bar = area->horizontalScrollBar(), end = 0](int, int maximum) mutable {
                if (bar->value() >= std::min(end, maximum))
                    bar->setValue(maximum);
                end = maximum;
            });
    hide();
}

void AuditionStrip::setPlaybackAvailable(bool available) {
    available_ = available;
    setVisible(available_ && !auditions_.empty());
}

void AuditionStrip::setHistory(const RunHistory& history, const QString& runFolder) {
    const std::vector<RunHistory::Audition>& auditions = history.auditions();
    // The button that plays stays down, and the focus stays where it is.
    const bool continued = runFolder == runFolder_ && isContinued(auditions_, auditions);
    std::size_t shown = continued ? auditions_.size() : 0;
    runFolder_ = runFolder;
    auditions_ = auditions;
    if (!continued)
        startOver();
    for (; shown < auditions_.size(); ++shown)
        addButton(static_cast<int>(shown), QString::number(auditions_[shown].saved.epoch),
                  tr("Listen to epoch %1").arg(auditions_[shown].saved.epoch));
    setVisible(available_ && !auditions_.empty());
}

/// Removes all buttons but that of the ground truth.
void AuditionStrip::startOver() {
    setStopped();
    for (QAbstractButton* button : buttons_->buttons())
        delete button;
    if (auditions_.empty())
        return;
    const AuditionSaved& last = auditions_.back().saved;
    title_->setText(
        tr("%1, %2 s, by epoch:").arg(QString::fromStdString(last.song)).arg(last.seconds, 0, 'f', 0));
    title_->setToolTip(tr("An excerpt of this song, separated after each validation"));
    const QString chosen = stem_->currentText();
    stem_->clear();
    for (const std::string& stem : last.stems)
        stem_->addItem(QString::fromStdString(stem));
    stem_->setCurrentIndex(std::max(0, stem_->findText(chosen)));
    stem_->setVisible(last.stems.size() > 1);
    addButton(truthId, tr("Ground truth"), tr("Listen to the ground truth"));
}

void AuditionStrip::addButton(int id, const QString& text, const QString& toolTip) {
    auto* button = new QPushButton(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::StrongFocus);
    buttons_->addButton(button, id);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row_->insertWidget(row_->count() - 1, button); // before the stretch
}

void AuditionStrip::play(int id, bool on) {
    if (!on) {
        Q_EMIT playRequested({});
        return;
    }
    {
        const QSignalBlocker blocker(buttons_);
        for (QAbstractButton* button : buttons_->buttons())
            button->setChecked(buttons_->id(button) == id);
    }
    Q_EMIT playRequested(fileOf(id));
}

QString AuditionStrip::fileOf(int id) const {
    const QString folder =
        id == truthId ? QStringLiteral("auditions/song")
                      : QString::fromStdString(auditions_[static_cast<std::size_t>(id)].saved.folder);
    return QDir(runFolder_)
        .filePath(folder + QLatin1Char('/') + stem_->currentText() + QStringLiteral(".flac"));
}

void AuditionStrip::setStopped() {
    const QSignalBlocker blocker(buttons_);
    for (QAbstractButton* button : buttons_->buttons())
        button->setChecked(false);
}

} // namespace headroom::ui
