// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;
class QToolButton;

namespace headroom::ui {

class ListenModel;
class SdrStrip;
class Theme;
class TimeAxis;

/// The SDR of the sources by second, below the lanes: strip, medians, and buttons for the worst second and
/// for a table. Hidden while there is no SDR. GUI thread.
class SdrRow : public QWidget {
    Q_OBJECT

public:
    /// @param model, axis, theme outlive this  @param headerWidth of the lanes, to align with
    SdrRow(ListenModel& model, TimeAxis& axis, const Theme& theme, int headerWidth,
           QWidget* parent = nullptr);

    /// The second with the lowest SDR of the playing source. Absent if unknown or in a blind test.
    std::optional<std::int64_t> worst() const;

Q_SIGNALS:
    void worstRequested();
    void seekRequested(qint64 frame);

private:
    QWidget* makeHeader(int width);
    QToolButton* makeButton(const QString& icon, const QString& toolTip);
    std::optional<SdrAnswer> scores(int which) const;
    bool isGroundTruth(int which) const;
    QString mediansText() const;
    void refresh();
    void showTable();

    ListenModel& model_;
    SdrStrip* strip_;
    QLabel* medians_;
    QToolButton* worst_;
    QToolButton* table_;
};

} // namespace headroom::ui
