// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/run_history.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <vector>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;
class QLabel;

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

private:
    void startOver();
    void addButton(int id, const QString& text, const QString& toolTip);
    void play(int id, bool on);
    QString fileOf(int id) const;

    static constexpr int truthId = -2; ///< QButtonGroup reserves -1

    bool available_ = false;
    QString runFolder_;
    std::vector<RunHistory::Audition> auditions_;
    QLabel* title_;
    QComboBox* stem_;
    QWidget* strip_;
    QHBoxLayout* row_;
    QButtonGroup* buttons_;
};

} // namespace headroom::ui
