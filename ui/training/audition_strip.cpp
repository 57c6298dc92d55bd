// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/audition_strip.h"

#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <iterator>
#include <utility>

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
      row_(new QHBoxLayout(strip_)), area_(new QScrollArea) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title_);
    stem_->setAccessibleName(tr("Stem to listen to"));
    row->addWidget(stem_);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(2);
    row_->addStretch();
    area_->setWidget(strip_);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area_->setFocusPolicy(Qt::NoFocus); // its buttons have it
    QScrollBar* bar = area_->horizontalScrollBar();
    area_->setFixedHeight(stem_->sizeHint().height() + bar->sizeHint().height());
    row->addWidget(area_, 1);
    connect(stem_, &QComboBox::activated, this, [this] {
        const auto held = std::ranges::find_if(buttons_, &QPushButton::isChecked);
        if (held != buttons_.end())
            play(*held, true);
    });
    // New epochs come into view unless the user has scrolled back.
    connect(bar, &QScrollBar::rangeChanged, this, [bar, end = 0](int, int maximum) mutable {
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
        addButton(QString::number(auditions_[shown].saved.epoch),
                  tr("Listen to epoch %1").arg(auditions_[shown].saved.epoch));
    setVisible(available_ && !auditions_.empty());
}

/// Removes all buttons but that of the ground truth.
void AuditionStrip::startOver() {
    if (std::ranges::any_of(buttons_, &QPushButton::isChecked))
        Q_EMIT playRequested({}); // no button could stop it
    for (const QPushButton* button : std::exchange(buttons_, {}))
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
    addButton(tr("Ground truth"), tr("Listen to the ground truth"));
}

/// Tab goes to one of the buttons, arrows go from one to the next: there may be a hundred.
void AuditionStrip::addButton(const QString& text, const QString& toolTip) {
    auto* button = new QPushButton(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setCheckable(true);
    button->setFocusPolicy(buttons_.empty() ? Qt::StrongFocus : Qt::ClickFocus);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    button->installEventFilter(this);
    connect(button, &QPushButton::toggled, this, [this, button](bool on) { play(button, on); });
    row_->insertWidget(row_->count() - 1, button); // before the stretch
    // Otherwise, what is created late comes last in the window.
    setTabOrder(buttons_.empty() ? static_cast<QWidget*>(stem_) : buttons_.back(), button);
    buttons_.push_back(button);
}

bool AuditionStrip::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        for (QPushButton* button : buttons_)
            button->setFocusPolicy(button == watched ? Qt::StrongFocus : Qt::ClickFocus);
        area_->ensureWidgetVisible(static_cast<QWidget*>(watched), 0, 0);
    }
    const auto key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event)->key() : 0;
    if (key != Qt::Key_Left && key != Qt::Key_Right)
        return QWidget::eventFilter(watched, event);
    const auto at = std::ranges::find(buttons_, watched) - buttons_.begin();
    const auto next =
        std::clamp<std::ptrdiff_t>(at + (key == Qt::Key_Left ? -1 : 1), 0, std::ssize(buttons_) - 1);
    buttons_[static_cast<std::size_t>(next)]->setFocus(Qt::OtherFocusReason);
    return true;
}

void AuditionStrip::play(QPushButton* button, bool on) {
    if (!on) {
        Q_EMIT playRequested({});
        return;
    }
    for (QPushButton* each : buttons_) {
        const QSignalBlocker blocker(each);
        each->setChecked(each == button);
    }
    Q_EMIT playRequested(fileOf(button));
}

/// The first button is that of the ground truth.
QString AuditionStrip::fileOf(const QPushButton* button) const {
    const auto index = static_cast<std::size_t>(std::ranges::find(buttons_, button) - buttons_.begin());
    const QString folder = index == 0 ? QStringLiteral("auditions/song")
                                      : QString::fromStdString(auditions_[index - 1].saved.folder);
    return QDir(runFolder_)
        .filePath(folder + QLatin1Char('/') + stem_->currentText() + QStringLiteral(".flac"));
}

void AuditionStrip::setStopped() {
    for (QPushButton* button : buttons_) {
        const QSignalBlocker blocker(button);
        button->setChecked(false);
    }
}

} // namespace headroom::ui
