// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/listen_model.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace headroom::ui {

class FractionBar;
class SourceCard;
class SourceMenu;

/// Controls of the A/B comparison: the sources, which one plays, the blind test, loudness matching, and the
/// progress of the separations. GUI thread.
class ComparePanel : public QWidget {
    Q_OBJECT

public:
    ComparePanel(ListenModel& model, SourceMenu& menu, QWidget* parent = nullptr);

private:
    struct Source {
        SourceCard* card = nullptr;
        QToolButton* choose = nullptr;
        QLabel* loudness = nullptr;
        QWidget* progress = nullptr;
        FractionBar* bar = nullptr;
        QLabel* state = nullptr;
        QToolButton* cancel = nullptr;
    };

    void build();
    QWidget* buildSource(int which);
    QWidget* buildProgress(int which);
    void refresh();
    void refreshSource(int which);
    void refreshLoudness(int which);
    void refreshProgress(int which);
    QString stateText(int which) const;
    void refreshBlind();
    void refreshFocus();
    QString scoreText(int which) const;

    ListenModel& model_;
    SourceMenu& menu_;
    std::array<Source, 2> sources_;
    QComboBox* focus_;
    std::vector<std::string> focusStems_; ///< items of focus_
    SourceCard* x_;
    std::array<QPushButton*, 2> guesses_{};
    QLabel* verdict_;
    QCheckBox* match_;
};

} // namespace headroom::ui
