// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QComboBox>
#include <QPointer>

namespace headroom::ui {

class CardFilter;
class ForecastModel;

/// Selects the card of the forecast. Typing shows the cards that contain all typed words; the last entry asks
/// for the memory of a card that is not in the list. Return, Escape and leaving the box restore its text
/// unless a card is selected. GUI thread.
class CardBox : public QComboBox {
    Q_OBJECT

public:
    explicit CardBox(ForecastModel& forecast, QWidget* parent = nullptr);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void choose(int row);
    void chooseOnlyMatch();
    void restoreText();
    void askCapacity();

    QPointer<ForecastModel> forecast_; ///< null while the window is destroyed, which still moves the focus
    CardFilter* filter_;
};

} // namespace headroom::ui
