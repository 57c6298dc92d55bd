// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/window_controller.h"

#include "core/support/log.h"
#include "ui/configuration/preferences.h"
#include "ui/memory/forecast_model.h"
#include "ui/theme/theme.h"
#include "ui/window/help_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/preferences_dialog.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QMenu>
#include <QMessageBox>
#include <QToolBar>
#include <QUrl>

#include <algorithm>
#include <string>
#include <vector>

namespace headroom::ui {
namespace {

/// Identifies a card in the preferences: two cards of a machine may have the same name.
QString cardKey(const Card& card) {
    const QString name = QString::fromStdString(card.name);
    const bool isOwn = card.device.starts_with("cuda");
    return isOwn ? name + QLatin1Char('@') + QString::fromStdString(card.device) : name;
}

/// Index of the card with this key, or else with its name, which older versions stored; -1: none.
int indexOfCard(const std::vector<Card>& cards, const QString& key) {
    const std::string name = key.section(QLatin1Char('@'), 0, 0).toStdString();
    auto found = std::ranges::find(cards, key, cardKey);
    if (found == cards.end())
        found = std::ranges::find(cards, name, &Card::name);
    return found == cards.end() ? -1 : static_cast<int>(found - cards.begin());
}

} // namespace

WindowController::WindowController(MainWindow& window, Theme& theme, ForecastModel* forecast)
    : window_(window), theme_(theme), forecast_(forecast) {
    addViewActions();
    addHelpActions();
    restore();
    if (forecast_ != nullptr)
        connect(forecast_, &ForecastModel::cardChanged, this, [this] {
            const int chosen = forecast_->chosenCard();
            const Card& card = forecast_->cards()[static_cast<std::size_t>(chosen)];
            const bool isOther = forecast_->isOtherCard(chosen);
            preferences::setCard(cardKey(card), isOther ? std::optional(card.capacity) : std::nullopt);
        });
}

WindowController::~WindowController() {
    preferences::setWindow(window_.saveGeometry(), window_.saveState());
}

void WindowController::addThemeMenu() {
    auto* menu = new QMenu(tr("&Theme"), &window_);
    auto* group = new QActionGroup(menu);
    // By Theme::Mode.
    for (const QString& title : {tr("&Dark"), tr("&Light"), tr("Follow &system")}) {
        const auto mode = static_cast<Theme::Mode>(group->actions().size());
        QAction* action = menu->addAction(title);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode] {
            theme_.setMode(mode);
            preferences::setTheme(mode);
        });
    }
    connect(menu, &QMenu::aboutToShow, group,
            [this, group] { group->actions().at(static_cast<int>(theme_.mode()))->setChecked(true); });
    window_.addAction(MainWindow::Menu::View, menu->menuAction());
}

void WindowController::addViewActions() {
    if (QToolBar& bar = window_.toolBar(); !bar.actions().isEmpty()) {
        bar.toggleViewAction()->setText(tr("Tool &bar"));
        window_.addAction(MainWindow::Menu::View, bar.toggleViewAction());
    }
    addThemeMenu();
    auto* full = new QAction(tr("&Full screen"), this);
    full->setCheckable(true);
    full->setShortcut(Qt::Key_F11);
    connect(full, &QAction::triggered, this,
            [this](bool on) { on ? window_.showFullScreen() : window_.showNormal(); });
    window_.addAction(MainWindow::Menu::View, full);
    auto* preferences = new QAction(tr("&Preferences..."), this);
    preferences->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    connect(preferences, &QAction::triggered, this,
            [this] { PreferencesDialog(theme_, forecast_, &window_).exec(); });
    window_.addAction(MainWindow::Menu::Edit, preferences);
    auto* quit = new QAction(tr("&Quit"), this);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit, &QAction::triggered, &window_, &QWidget::close);
    window_.addAction(MainWindow::Menu::File, quit);
}

void WindowController::addHelpActions() {
    auto* help = new QAction(tr("&Manual"), this);
    help->setShortcut(Qt::Key_F1);
    connect(help, &QAction::triggered, this, [this] { (new HelpDialog(&window_))->show(); });
    window_.addAction(MainWindow::Menu::Help, help);
    auto* showLog = new QAction(tr("Show &log"), this);
    showLog->setEnabled(!logFile().empty());
    connect(showLog, &QAction::triggered, this,
            [] { QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(logFile()))); });
    window_.addAction(MainWindow::Menu::Help, showLog);
    auto* about = new QAction(tr("&About Headroom"), this);
    connect(about, &QAction::triggered, this, [this] {
        QMessageBox::about(
            &window_, tr("About Headroom"),
            tr("Headroom %1\nTrains music source separation on the GPU that you have.\nGPL-3.0-or-later")
                .arg(QCoreApplication::applicationVersion()));
    });
    window_.addAction(MainWindow::Menu::Help, about);
}

void WindowController::restore() {
    window_.restoreGeometry(preferences::windowGeometry());
    window_.restoreLayout(preferences::windowState());
    for (QWidget* page : window_.pages())
        if (const auto open = preferences::configurationOpen(page->objectName()))
            window_.setConfigurationOpen(page->objectName(), *open);
    connect(&window_, &MainWindow::configurationToggled, this,
            [](QWidget* page, bool open) { preferences::setConfigurationOpen(page->objectName(), open); });
    if (forecast_ == nullptr)
        return;
    if (const auto others = preferences::assumedOthers())
        forecast_->setAssumedOthers(*others);
    if (const int card = indexOfCard(forecast_->cards(), preferences::card()); card >= 0)
        forecast_->setCard(card);
    if (const auto capacity = preferences::cardCapacity())
        forecast_->setOtherCapacity(*capacity);
}

} // namespace headroom::ui
