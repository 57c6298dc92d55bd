#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace headroom::ui {

class ElidedLabel;
class EmptyState;
class MessageBar;
class RunModel;
class TrainingTable;
class SavedNotice;
class Theme;
class TrainingPlot;

/// The charts of the run, what they show and how, and what the selected epoch can be used for. GUI thread.
class TrainingPage : public QWidget {
    Q_OBJECT

public:
    TrainingPage(RunModel& run, Theme& theme, QWidget* parent = nullptr);
    ~TrainingPage() override;

    /// Bytes of the device that the setting is forecast to take: the line in the memory chart.
    void setForecast(std::optional<std::int64_t> deviceBytes);
    /// Whether epochs can be heard: without, there is no button for it.
    void offerListening(bool offered);
    TrainingPlot& plot() { return *plot_; }
    /// What is shown before the first run.
    EmptyState& emptyState() { return *empty_; }

Q_SIGNALS:
    /// The user wants to hear an epoch of this run.
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
    void updateSelection();
    void showTable(bool shown);
    void fillTable();
    void exportCharts();
    void exportTo(const QString& path);
    void listen();

    RunModel& run_;
    TrainingPlot* plot_;
    TrainingTable* table_;
    QStackedWidget* pages_; ///< charts, or nothing yet
    QStackedWidget* views_; ///< charts as curves, or as numbers
    EmptyState* empty_;
    MessageBar* message_;
    QLabel* name_ = nullptr;
    QLabel* selection_ = nullptr;
    ElidedLabel* diagnosis_ = nullptr;
    SavedNotice* saved_ = nullptr;
    QPushButton* listen_ = nullptr;
    bool listeningOffered_ = false;
    QPushButton* tableButton_ = nullptr;
};

} // namespace headroom::ui
