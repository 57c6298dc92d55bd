// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/card_box.h"

#include "ui/memory/capacity_dialog.h"
#include "ui/memory/card_filter.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/forecast_text.h"
#include "ui/theme/icon.h"
#include "ui/widgets/window_undo.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTimer>

namespace headroom::ui {

CardBox::CardBox(ForecastModel& forecast, QWidget* parent)
    : QComboBox(parent), forecast_(&forecast), filter_(new CardFilter(this)) {
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setAccessibleName(tr("Card"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int letters = 14;
    setMinimumContentsLength(letters);
    constexpr int visibleCards = 24;
    setMaxVisibleItems(visibleCards);
    lineEdit()->setAccessibleName(tr("Card"));
    lineEdit()->setPlaceholderText(tr("Search for a card"));
    lineEdit()->setStyleSheet(
        QStringLiteral("QLineEdit { border: none; padding: 0; background: transparent; }"));
    lineEdit()->installEventFilter(this);
    filter_->setSourceModel(model());
    auto* completer = new QCompleter(filter_, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion); // the filter has done it
    completer->setMaxVisibleItems(visibleCards);
    setCompleter(completer);
    completer->popup()->setAccessibleName(tr("Cards found"));
    connect(lineEdit(), &QLineEdit::textEdited, filter_, &CardFilter::setText);
    connect(lineEdit(), &QLineEdit::returnPressed, this, &CardBox::chooseOnlyMatch);
    connect(this, &QComboBox::activated, this, &CardBox::choose);
    connect(forecast_, &ForecastModel::cardChanged, this, &CardBox::refresh);
    refresh();
}

void CardBox::refresh() {
    const QSignalBlocker quiet(this);
    filter_->setText({});
    clear();
    const int count = static_cast<int>(forecast_->cards().size());
    for (int i = 0; i < count; ++i)
        addItem(themeIcon(QStringLiteral("card")), cardText(*forecast_, i));
    addItem(tr("Other…"));
    setItemData(count, tr("A card with an amount of memory of your choice"), Qt::ToolTipRole);
    setCurrentIndex(forecast_->cardIndex());
    lineEdit()->setCursorPosition(0);
    setEnabled(!forecast_->followsRun());
    setToolTip(forecast_->followsRun()
                   ? tr("The device that the run is training on")
                   : tr("The card of the forecast. Type to search. LibTorch supports cards "
                        "with compute capability 7.5 or higher: GTX 16, RTX 20 and newer."));
}

void CardBox::choose(int row) {
    if (row < 0)
        return;
    // Later, because the completer still changes the text and the popup is still open.
    QTimer::singleShot(0, this, row == count() - 1 ? &CardBox::askCapacity : &CardBox::restoreText);
    if (row < count() - 1)
        forecast_->setCard(row);
}

/// If the typed words match one card only, Return selects it.
void CardBox::chooseOnlyMatch() {
    if (lineEdit()->text() == itemText(forecast_->cardIndex()) || filter_->rowCount() != 2)
        return restoreText();
    choose(filter_->mapToSource(filter_->index(0, 0)).row());
}

/// The filter stays: the completer may be about to map a row through it.
void CardBox::restoreText() {
    const QSignalBlocker quiet(this);
    setCurrentIndex(forecast_->cardIndex());
    setEditText(itemText(forecast_->cardIndex()));
    lineEdit()->setCursorPosition(0);
}

void CardBox::askCapacity() {
    restoreText();
    CapacityDialog dialog(forecast_->card(), this);
    if (dialog.exec() == QDialog::Accepted)
        forecast_->setOtherCapacity(dialog.capacity());
}

bool CardBox::eventFilter(QObject* watched, QEvent* event) {
    if (watched != lineEdit() || forecast_ == nullptr)
        return QComboBox::eventFilter(watched, event);
    const bool edited = lineEdit()->text() != itemText(forecast_->cardIndex());
    if (isWindowUndo(*event, edited)) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::FocusIn)
        QTimer::singleShot(0, lineEdit(), &QLineEdit::selectAll); // so that typing starts a search
    if (event->type() == QEvent::FocusOut && edited && !completer()->popup()->isVisible())
        restoreText();
    if (event->type() == QEvent::KeyPress && edited &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        restoreText();
        return true;
    }
    return QComboBox::eventFilter(watched, event);
}

} // namespace headroom::ui
