// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/run_history.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace headroom::ui {

/// The auditions of a run as a strip of epochs to click through: one excerpt of a song as the model separated
/// it after each validation, and its ground truth. Hidden for runs without auditions, and if nothing can play
/// them. GUI thread.
class AuditionStrip : public QWidget {
    Q_OBJECT

public:
    explicit AuditionStrip(QWidget* parent = nullptr);

    /// Whether playRequested() is answered.
    void setPlaybackAvailable(bool available);
    /// @param runFolder of the history
    void setHistory(const RunHistory& history, const QString& runFolder);

    /// Releases the button that is held down, after playback has ended.
    void setStopped();

Q_SIGNALS:
    /// The user wants to hear this file; an empty path stops.
    void playRequested(const QString& file);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void startOver();
    void addButton(const QString& text, const QString& toolTip);
    void play(QPushButton* button, bool on);
    QString fileOf(const QPushButton* button) const;

    bool available_ = false;
    QString runFolder_;
    std::vector<RunHistory::Audition> auditions_;
    QLabel* title_;
    QComboBox* stem_;
    QWidget* strip_;
    QHBoxLayout* row_;
    QScrollArea* area_;
    std::vector<QPushButton*> buttons_; ///< ground truth and epochs; no button group, which would take most
                                        ///< of them from the keyboard
};

} // namespace headroom::ui
