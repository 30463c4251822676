#!/usr/bin/env perl
# run-manual.pl FILE.md...: runs the console blocks of the manual and compares what they print.
#
#   ```console
#   $ noi init city.db
#   city.db: an empty registry, schema 3
#   ```
#
# All blocks of one file run in order, in one scratch folder, with `noi` on the PATH, SHARED set to
# ../shared and DATA to the reference tables. A line of output that is just "..." stands for any
# number of lines; "..." inside a line for any text; "(exit N)" as the last line for the exit code.
# A block whose first line is "# needs SHARED" is skipped, loudly, when ../shared is absent.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Cwd qw(getcwd abs_path);

my $top    = getcwd();
my $shared = $ENV{NOI_SHARED} // "$top/../shared";
my $noi    = $ENV{NOI} // "$top/build/noi";
my ($n, $bad) = (0, 0);

sub report {
    my ($fine, $what, $detail) = @_;
    $n++;
    $bad ||= !$fine;
    print(($fine ? "ok" : "not ok"), " $n - $what\n");
    print map { "# $_\n" } split /\n/, $detail unless $fine;
}

# The pattern that the expected lines stand for.
sub pattern {
    my @lines = @_;
    my $re = '';
    for my $line (@lines) {
        if ($line eq '...') { $re .= '(?:.*\n)*?'; next; }
        $re .= join('.*?', map { quotemeta } split(/\.\.\./, $line, -1)) . '\n';
    }
    return qr/^$re$/;
}

sub run_step {
    my ($dir, $where, $command, @want) = @_;
    my $exit = 0;
    $exit = $1, pop @want if @want && $want[-1] =~ /^\(exit (\d+)\)$/;
    local $ENV{PATH} = "$dir/.bin:$ENV{PATH}";
    my $got = qx{cd '$dir' && sh -c '(eval "\$0") 2>&1' \Q$command\E};
    my $status = $? >> 8;
    my $fine = $got =~ pattern(@want) && $status == $exit;
    report($fine, "$where: $command", "exit $status, wanted $exit\n--- got\n$got--- want\n" . join("\n", @want));
}

for my $file (@ARGV) {
    my $dir = tempdir(CLEANUP => 1);
    mkdir "$dir/.bin";
    symlink $noi, "$dir/.bin/noi";
    local $ENV{SHARED} = abs_path($shared) // $shared;
    local $ENV{DATA}   = "$top/data";
    local $ENV{LC_ALL} = 'C.UTF-8';
    local $ENV{LANGUAGE} = 'en';
    open my $in, '<', $file or die "$file: $!";
    my (@step, $in_block, $skip, $first);
    my $flush = sub { run_step($dir, @step) if @step && !$skip; @step = (); };
    while (my $line = <$in>) {
        chomp $line;
        if ($line =~ /^```console/) { $in_block = 1; $first = 1; $skip = 0; next; }
        if ($line =~ /^```/) { $flush->() if $in_block; $in_block = 0; next; }
        next unless $in_block;
        if ($first && $line eq '# needs SHARED') {
            $skip = !-d $shared;
            print "# SKIPPED LOUDLY: ../shared is absent, a block of $file was not run\n" if $skip;
        }
        $first = 0;
        next if $line =~ /^# /;
        if ($line =~ /^\$ (.*)/) { $flush->(); @step = ("$file:$.", $1); next; }
        if (@step && @step == 2 && $step[1] =~ s/\\$//) { $line =~ s/^> ?//; $step[1] .= $line; next; }
        push @step, $line if @step;
    }
}
print "1..$n\n";
exit($bad ? 1 : 0);
