// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <cstddef>
#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace headroom::ui {

class ElidedLabel;
class EmptyState;
class MessageBar;
class AuditionStrip;
class RunModel;
struct MarkText;
class TrainingTable;
class SavedNotice;
class Theme;
class TrainingPlot;

/// The charts of the run with their controls, and actions on the selected epoch. GUI thread.
class TrainingPage : public QWidget {
    Q_OBJECT

public:
    TrainingPage(RunModel& run, Theme& theme, QWidget* parent = nullptr);
    ~TrainingPage() override;

    /// Sets the forecast line of the memory chart. @param deviceBytes absent: no forecast
    void setForecast(std::optional<std::int64_t> deviceBytes);
    /// Shows or hides the button that opens an epoch in the Listen page.
    void setListeningAvailable(bool available);
    /// Writes the charts as a picture (.png, .svg) or their values as a table (.csv), and shows where they
    /// were saved, or an error.
    void exportTo(const QString& path);
    AuditionStrip& auditions() { return *auditions_; }
    /// Shown before the first run.
    EmptyState& emptyState() { return *empty_; }

Q_SIGNALS:
    /// The user wants to hear a file of an audition; an empty path stops.
    void auditionRequested(const QString& file);
    /// The user requested to listen to an epoch of this run.
    void listenRequested(const QString& runFolder, int epoch, qint64 step);

private:
    EmptyState* makeEmpty();
    QWidget* makeHeader();
    QWidget* makeChartsButton();
    QWidget* makeAxisChoice();
    QWidget* makeSmoothing();
    QWidget* makeFooter();
    void connectRun();
    void update();
    void updateMessage();
    void showNewNotice();
    void showMark(const MarkText& mark);
    void updateSelection();
    void showTable(bool shown);
    void fillTable();
    void exportCharts();
    void listen();

    RunModel& run_;
    TrainingPlot* plot_;
    TrainingTable* table_;
    AuditionStrip* auditions_;
    QStackedWidget* pages_; ///< charts, empty state
    QStackedWidget* views_; ///< plot, table
    EmptyState* empty_;
    MessageBar* message_;
    QLabel* name_ = nullptr;
    QLabel* selection_ = nullptr;
    ElidedLabel* diagnosis_ = nullptr;
    SavedNotice* saved_ = nullptr;
    QPushButton* listen_ = nullptr;
    bool listeningAvailable_ = false;
    std::size_t marksSeen_ = 0; ///< of the history
    QPushButton* tableButton_ = nullptr;
};

} // namespace headroom::ui
